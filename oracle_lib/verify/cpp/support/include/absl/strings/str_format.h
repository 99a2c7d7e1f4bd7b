#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/strings/string_view.h"

namespace absl {

// One argument of StrFormat: a number's width in bits does not matter, unlike printf's.
class FormatArgument {
 public:
  FormatArgument(const char *text) : kind_('s'), text_(text) {}
  FormatArgument(string_view text) : kind_('s'), text_(text) {}
  FormatArgument(const std::string &text) : kind_('s'), text_(text) {}
  FormatArgument(const void *pointer) : kind_('p'), bits_(reinterpret_cast<uintptr_t>(pointer)) {}
  template <class T>
    requires(std::is_arithmetic_v<T> || std::is_enum_v<T>)
  FormatArgument(T number) {
    if constexpr (std::is_floating_point_v<T>) {
      kind_ = 'f', real_ = number;
    } else {
      kind_ = std::is_same_v<T, bool> ? 'b' : std::is_same_v<T, char> ? 'c' : std::is_signed_v<T> || std::is_enum_v<T> ? 'd' : 'u';
      bits_ = static_cast<uint64_t>(static_cast<long long>(number));
      size_ = sizeof(T);
    }
  }

  // `flags` holds what stands between % and the conversion, without a length.
  void append(std::string &to, const std::string &flags, char conversion) const {
    if (conversion == 'v') conversion = kind_ == 'f' ? 'g' : kind_ == 'u' ? 'u' : kind_ == 'b' ? 'b' : kind_ == 'c' ? 'c' : kind_ == 's' ? 's' : 'd';
    bool real = conversion == 'f' || conversion == 'F' || conversion == 'e' || conversion == 'E' || conversion == 'g' || conversion == 'G' || conversion == 'a';
    if ((conversion == 's') != (kind_ == 's') && conversion != 'b' || real != (kind_ == 'f')) abort();
    if (conversion == 's') return print(to, "%" + flags + "s", std::string(text_).c_str());
    if (real) return print(to, "%" + flags + conversion, real_);
    if (conversion == 'b') return to.append(bits_ ? "true" : "false"), void();
    if (conversion == 'c') return print(to, "%" + flags + "c", static_cast<int>(bits_));
    if (conversion == 'p') return print(to, "%" + flags + "p", reinterpret_cast<void *>(static_cast<uintptr_t>(bits_)));
    bool is_signed = conversion == 'd' || conversion == 'i';
    uint64_t mask = size_ < 8 ? (uint64_t(1) << 8 * size_) - 1 : ~uint64_t(0);
    if (is_signed && kind_ != 'u') return print(to, "%" + flags + "lld", static_cast<long long>(bits_));
    print(to, "%" + flags + "ll" + (is_signed ? 'u' : conversion), static_cast<unsigned long long>(bits_ & mask));
  }
  int width() const { return static_cast<int>(bits_); }

 private:
  template <class T>
  static void print(std::string &to, const std::string &format, T value) {
    int size = snprintf(nullptr, 0, format.c_str(), value);
    size_t before = to.size();
    if (size < 0) abort();
    to.resize(before + size);
    snprintf(&to[before], size + 1, format.c_str(), value);
  }

  char kind_;
  string_view text_;
  uint64_t bits_ = 0;
  double real_ = 0;
  size_t size_ = 8;
};

inline void FormatInto(std::string &to, string_view format, const std::vector<FormatArgument> &arguments) {
  size_t next = 0;
  for (size_t at = 0; at < format.size(); ++at) {
    if (format[at] != '%') {
      to += format[at];
      continue;
    }
    std::string flags;
    for (++at; at < format.size() && string_view("-+ #0123456789.*lhzjtLq").find(format[at]) != string_view::npos; ++at) {
      if (format[at] == '*')
        flags += std::to_string(arguments.at(next++).width());
      else if (string_view("lhzjtLq").find(format[at]) == string_view::npos)
        flags += format[at];
    }
    if (at >= format.size()) abort();
    if (format[at] == '%')
      to += '%';
    else
      arguments.at(next++).append(to, flags, format[at]);
  }
  if (next != arguments.size()) abort();
}

template <class... Arguments>
void StrAppendFormat(std::string *to, string_view format, const Arguments &...arguments) {
  FormatInto(*to, format, {FormatArgument(arguments)...});
}

template <class... Arguments>
std::string StrFormat(string_view format, const Arguments &...arguments) {
  std::string made;
  StrAppendFormat(&made, format, arguments...);
  return made;
}

template <class... Arguments>
int PrintF(string_view format, const Arguments &...arguments) {
  return printf("%s", StrFormat(format, arguments...).c_str());
}

}  // namespace absl
