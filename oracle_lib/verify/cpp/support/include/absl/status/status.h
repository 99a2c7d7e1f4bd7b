#pragma once
#include <ostream>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace absl {

enum class StatusCode : int {
  kOk = 0,
  kCancelled = 1,
  kUnknown = 2,
  kInvalidArgument = 3,
  kDeadlineExceeded = 4,
  kNotFound = 5,
  kAlreadyExists = 6,
  kPermissionDenied = 7,
  kResourceExhausted = 8,
  kFailedPrecondition = 9,
  kAborted = 10,
  kOutOfRange = 11,
  kUnimplemented = 12,
  kInternal = 13,
  kUnavailable = 14,
  kDataLoss = 15,
  kUnauthenticated = 16,
};

inline std::string StatusCodeToString(StatusCode code) {
  static const char *const names[] = {
      "OK",           "CANCELLED",          "UNKNOWN",   "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED", "NOT_FOUND",
      "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
      "UNIMPLEMENTED", "INTERNAL",          "UNAVAILABLE", "DATA_LOSS",         "UNAUTHENTICATED"};
  unsigned place = static_cast<unsigned>(code);
  return place <= 16 ? names[place] : "";
}

// An error is a code and a message; success has neither.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(StatusCode code, string_view message) : code_(code), message_(code == StatusCode::kOk ? "" : message) {}

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  int raw_code() const { return static_cast<int>(code_); }
  string_view message() const { return message_; }
  std::string ToString() const { return ok() ? "OK" : StatusCodeToString(code_) + ": " + message_; }
  void IgnoreError() const {}
  void Update(const Status &other) {
    if (ok()) *this = other;
  }

  friend bool operator==(const Status &, const Status &) = default;
  friend std::ostream &operator<<(std::ostream &out, const Status &status) { return out << status.ToString(); }

 private:
  StatusCode code_ = StatusCode::kOk;
  std::string message_;
};

inline Status OkStatus() { return Status(); }

#define ORACLE_STATUS(name)                                                                     \
  inline Status name##Error(string_view message) { return Status(StatusCode::k##name, message); } \
  inline bool Is##name(const Status &status) { return status.code() == StatusCode::k##name; }
ORACLE_STATUS(Aborted)
ORACLE_STATUS(AlreadyExists)
ORACLE_STATUS(Cancelled)
ORACLE_STATUS(DataLoss)
ORACLE_STATUS(DeadlineExceeded)
ORACLE_STATUS(FailedPrecondition)
ORACLE_STATUS(Internal)
ORACLE_STATUS(InvalidArgument)
ORACLE_STATUS(NotFound)
ORACLE_STATUS(OutOfRange)
ORACLE_STATUS(PermissionDenied)
ORACLE_STATUS(ResourceExhausted)
ORACLE_STATUS(Unauthenticated)
ORACLE_STATUS(Unavailable)
ORACLE_STATUS(Unimplemented)
ORACLE_STATUS(Unknown)
#undef ORACLE_STATUS

}  // namespace absl
