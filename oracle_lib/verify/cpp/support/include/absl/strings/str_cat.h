#pragma once
#include <charconv>
#include <cstdint>
#include <string>
#include <type_traits>

#include "absl/strings/string_view.h"

namespace absl {

enum PadSpec : uint8_t {
  kNoPad = 1,
  kZeroPad2, kZeroPad3, kZeroPad4, kZeroPad5, kZeroPad6, kZeroPad7, kZeroPad8, kZeroPad9, kZeroPad10,
  kZeroPad11, kZeroPad12, kZeroPad13, kZeroPad14, kZeroPad15, kZeroPad16,
  kSpacePad2 = 66, kSpacePad3, kSpacePad4, kSpacePad5, kSpacePad6, kSpacePad7, kSpacePad8, kSpacePad9, kSpacePad10,
  kSpacePad11, kSpacePad12, kSpacePad13, kSpacePad14, kSpacePad15, kSpacePad16,
};

// A number in hexadecimal, or in decimal with a width, as StrCat takes it.
struct Hex {
  template <class Int>
  explicit Hex(Int number, PadSpec pad = kNoPad) : value(static_cast<std::make_unsigned_t<Int>>(number)), spec(pad) {}
  uint64_t value;
  PadSpec spec;
};
struct Dec {
  template <class Int>
  explicit Dec(Int number, PadSpec pad = kNoPad) : text(std::to_string(number)), spec(pad) {}
  std::string text;
  PadSpec spec;
};

class AlphaNum {
 public:
  AlphaNum(const char *text) : text_(text ? text : "") {}
  AlphaNum(string_view text) : text_(text) {}
  AlphaNum(const std::string &text) : text_(text) {}
  template <class T>
    requires(std::is_arithmetic_v<T> && !std::is_same_v<T, char>)
  AlphaNum(T number) {
    char digits[32];
    if constexpr (std::is_same_v<T, bool>)
      text_ = number ? "1" : "0";
    else if constexpr (std::is_integral_v<T>)
      text_.assign(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    else
      text_.assign(digits, snprintf(digits, sizeof digits, "%g", static_cast<double>(number)));
  }
  template <class T>
    requires(std::is_enum_v<T> && std::is_convertible_v<T, int>)
  AlphaNum(T number) : AlphaNum(static_cast<std::underlying_type_t<T>>(number)) {}
  AlphaNum(Hex hex) {
    char digits[16];
    text_.assign(digits, std::to_chars(digits, digits + 16, hex.value, 16).ptr);
    pad(hex.spec);
  }
  AlphaNum(Dec dec) : text_(dec.text) { pad(dec.spec); }
  AlphaNum(char) = delete;

  string_view Piece() const { return text_; }

 private:
  void pad(PadSpec spec) {
    size_t width = spec == kNoPad ? 0 : spec >= kSpacePad2 ? spec - 64u : spec;
    if (text_.size() >= width) return;
    size_t sign = spec < kSpacePad2 && text_[0] == '-';
    text_.insert(sign, width - text_.size(), spec < kSpacePad2 ? '0' : ' ');
  }

  std::string text_;
};

template <class... Pieces>
void StrAppend(std::string *to, const Pieces &...pieces) {
  (to->append(AlphaNum(pieces).Piece()), ...);
}

template <class... Pieces>
std::string StrCat(const Pieces &...pieces) {
  std::string made;
  StrAppend(&made, pieces...);
  return made;
}

}  // namespace absl
