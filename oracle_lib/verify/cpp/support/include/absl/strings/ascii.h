#pragma once
#include <string>

#include "absl/strings/string_view.h"

namespace absl {

inline bool ascii_isdigit(unsigned char c) { return c >= '0' && c <= '9'; }
inline bool ascii_isupper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
inline bool ascii_islower(unsigned char c) { return c >= 'a' && c <= 'z'; }
inline bool ascii_isalpha(unsigned char c) { return ascii_isupper(c) || ascii_islower(c); }
inline bool ascii_isalnum(unsigned char c) { return ascii_isalpha(c) || ascii_isdigit(c); }
inline bool ascii_isspace(unsigned char c) { return c == ' ' || c >= '\t' && c <= '\r'; }
inline bool ascii_isprint(unsigned char c) { return c >= ' ' && c < 127; }
inline bool ascii_ispunct(unsigned char c) { return c > ' ' && c < 127 && !ascii_isalnum(c); }
inline bool ascii_isxdigit(unsigned char c) { return ascii_isdigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'; }
inline char ascii_tolower(unsigned char c) { return ascii_isupper(c) ? c + 32 : c; }
inline char ascii_toupper(unsigned char c) { return ascii_islower(c) ? c - 32 : c; }

inline void AsciiStrToLower(std::string *text) {
  for (char &c : *text) c = ascii_tolower(c);
}
inline void AsciiStrToUpper(std::string *text) {
  for (char &c : *text) c = ascii_toupper(c);
}
inline std::string AsciiStrToLower(string_view text) {
  std::string made(text);
  AsciiStrToLower(&made);
  return made;
}
inline std::string AsciiStrToUpper(string_view text) {
  std::string made(text);
  AsciiStrToUpper(&made);
  return made;
}

inline string_view StripLeadingAsciiWhitespace(string_view text) {
  while (!text.empty() && ascii_isspace(text.front())) text.remove_prefix(1);
  return text;
}
inline string_view StripTrailingAsciiWhitespace(string_view text) {
  while (!text.empty() && ascii_isspace(text.back())) text.remove_suffix(1);
  return text;
}
inline string_view StripAsciiWhitespace(string_view text) {
  return StripTrailingAsciiWhitespace(StripLeadingAsciiWhitespace(text));
}
inline void StripAsciiWhitespace(std::string *text) { *text = std::string(StripAsciiWhitespace(string_view(*text))); }

}  // namespace absl
