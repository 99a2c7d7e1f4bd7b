#pragma once
#include <span>

namespace absl {
template <class T>
using Span = std::span<T>;

template <class T>
Span<T> MakeSpan(T *data, size_t size) {
  return {data, size};
}
template <class Container>
auto MakeSpan(Container &container) {
  return std::span(container);
}
template <class Container>
auto MakeConstSpan(const Container &container) {
  return std::span(container);
}
}  // namespace absl
