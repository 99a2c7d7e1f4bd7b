// A stand-in of our own for the part of Abseil that YAZE's functions use, written from its public interface.
#pragma once
#include <string_view>

namespace absl {
using std::string_view;
}  // namespace absl
