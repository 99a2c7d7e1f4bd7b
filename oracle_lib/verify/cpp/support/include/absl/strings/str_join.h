#pragma once
#include <initializer_list>
#include <string>

#include "absl/strings/str_cat.h"

namespace absl {

template <class Range, class Formatter>
std::string StrJoin(const Range &range, string_view separator, Formatter &&formatter) {
  std::string made;
  bool first = true;
  for (const auto &piece : range) {
    if (!first) made.append(separator);
    first = false;
    formatter(&made, piece);
  }
  return made;
}
template <class Range>
std::string StrJoin(const Range &range, string_view separator) {
  return StrJoin(range, separator, [](std::string *to, const auto &piece) { StrAppend(to, piece); });
}
template <class T>
std::string StrJoin(std::initializer_list<T> range, string_view separator) {
  return StrJoin<std::initializer_list<T>>(range, separator);
}

}  // namespace absl
