#pragma once
#include <exception>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"

namespace absl {

class BadStatusOrAccess : public std::exception {
 public:
  explicit BadStatusOrAccess(Status status)
      : status_(std::move(status)), what_("Bad StatusOr access: " + status_.ToString()) {}
  const char *what() const noexcept override { return what_.c_str(); }
  const Status &status() const { return status_; }

 private:
  Status status_;
  std::string what_;
};

// A value, or the error that there is none. `value()` throws where there is none, and `*` must not be asked then.
template <class T>
class [[nodiscard]] StatusOr {
 public:
  using value_type = T;

  StatusOr() : status_(StatusCode::kUnknown, "") {}
  StatusOr(const Status &status) : StatusOr(Status(status)) {}
  StatusOr(Status &&status) : status_(std::move(status)) {
    if (status_.ok()) status_ = InternalError("an OK status is no value of a StatusOr");
  }
  template <class U = T>
    requires(std::is_constructible_v<T, U &&> && !std::is_same_v<std::remove_cvref_t<U>, StatusOr> &&
             !std::is_same_v<std::remove_cvref_t<U>, Status> && !std::is_same_v<std::remove_cvref_t<U>, std::in_place_t>)
  explicit(!std::is_convertible_v<U &&, T>) StatusOr(U &&value) : value_(std::in_place, std::forward<U>(value)) {}
  template <class U>
    requires(!std::is_same_v<U, T> && std::is_constructible_v<T, const U &> && !std::is_constructible_v<T, const StatusOr<U> &>)
  StatusOr(const StatusOr<U> &other) : status_(other.status()) {
    if (other.ok()) value_.emplace(*other);
  }

  bool ok() const { return value_.has_value(); }
  Status status() const { return status_; }

  const T &value() const & { return checked(), *value_; }
  T &value() & { return checked(), *value_; }
  T &&value() && { return checked(), *std::move(value_); }
  const T &operator*() const & { return *value_; }
  T &operator*() & { return *value_; }
  T &&operator*() && { return *std::move(value_); }
  const T *operator->() const { return value_.operator->(); }
  T *operator->() { return value_.operator->(); }
  template <class U>
  T value_or(U &&other) const & {
    return value_.value_or(std::forward<U>(other));
  }
  template <class U>
  T value_or(U &&other) && {
    return std::move(value_).value_or(std::forward<U>(other));
  }
  template <class... Arguments>
  T &emplace(Arguments &&...arguments) {
    status_ = OkStatus();
    return value_.emplace(std::forward<Arguments>(arguments)...);
  }
  void IgnoreError() const {}

 private:
  void checked() const {
    if (!ok()) throw BadStatusOrAccess(status_);
  }

  Status status_;
  std::optional<T> value_;
};

}  // namespace absl
