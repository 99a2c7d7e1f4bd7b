// The macros by which YAZE's functions pass an error on.
#pragma once
#include <utility>

#include "absl/status/statusor.h"

using uint = unsigned int;

#define RETURN_IF_ERROR(expression)                      \
  do {                                                   \
    auto oracle_status = (expression);                   \
    if (!oracle_status.ok()) return oracle_status;       \
  } while (false)

#define ORACLE_GLUED(a, b) a##b
#define ORACLE_GLUE(a, b) ORACLE_GLUED(a, b)
#define ORACLE_ASSIGN(result, target, expression) \
  auto result = (expression);                     \
  if (!result.ok()) return result.status();       \
  target = *std::move(result)
#define ASSIGN_OR_RETURN(target, expression) ORACLE_ASSIGN(ORACLE_GLUE(oracle_result_, __COUNTER__), target, expression)
