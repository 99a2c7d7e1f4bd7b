#pragma once
#include <charconv>
#include <cstdlib>
#include <string>

#include "absl/strings/ascii.h"

namespace absl {

template <class Int>
[[nodiscard]] bool OracleParse(string_view text, Int *out, int base) {
  text = StripAsciiWhitespace(text);
  bool plus = text.starts_with('+');
  if (plus) text.remove_prefix(1);
  if (plus && text.starts_with('-')) return false;
  if (base == 16 && (text.starts_with("0x") || text.starts_with("0X"))) text.remove_prefix(2);
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *out, base);
  return error == std::errc() && end == text.data() + text.size();
}

template <class Int>
[[nodiscard]] bool SimpleAtoi(string_view text, Int *out) {
  return OracleParse(text, out, 10);
}
template <class Int>
[[nodiscard]] bool SimpleHexAtoi(string_view text, Int *out) {
  return OracleParse(text, out, 16);
}
[[nodiscard]] inline bool SimpleAtod(string_view text, double *out) {
  std::string copy(StripAsciiWhitespace(text));
  char *end;
  *out = strtod(copy.c_str(), &end);
  return !copy.empty() && *end == 0;
}
[[nodiscard]] inline bool SimpleAtof(string_view text, float *out) {
  double wide;
  bool good = SimpleAtod(text, &wide);
  *out = static_cast<float>(wide);
  return good;
}
[[nodiscard]] inline bool SimpleAtob(string_view text, bool *out) {
  std::string word = AsciiStrToLower(text);
  *out = word == "true" || word == "t" || word == "yes" || word == "y" || word == "1";
  return *out || word == "false" || word == "f" || word == "no" || word == "n" || word == "0";
}

}  // namespace absl
