#pragma once
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"

namespace absl {

struct ByChar {
  explicit ByChar(char c) : separator(1, c) {}
  std::string separator;
};
struct ByString {
  explicit ByString(string_view text) : separator(text) {}
  std::string separator;
};
struct ByAnyChar {
  explicit ByAnyChar(string_view text) : characters(text) {}
  std::string characters;
};
struct AllowEmpty {
  bool operator()(string_view) const { return true; }
};
struct SkipEmpty {
  bool operator()(string_view text) const { return !text.empty(); }
};
struct SkipWhitespace {
  bool operator()(string_view text) const { return !StripAsciiWhitespace(text).empty(); }
};

// The parts of a text, which convert to any container of strings and to a pair.
class Pieces : public std::vector<string_view> {
 public:
  template <class Container>
    requires requires(Container c, string_view text) { c.insert(c.end(), typename Container::value_type(text)); }
  operator Container() const {
    Container made;
    for (string_view piece : *this) made.insert(made.end(), typename Container::value_type(piece));
    return made;
  }
  template <class A, class B>
  operator std::pair<A, B>() const {
    return {A(size() > 0 ? (*this)[0] : ""), B(size() > 1 ? (*this)[1] : "")};
  }
};

template <class Predicate = AllowEmpty>
Pieces StrSplit(string_view text, const ByString &by, Predicate keep = {}) {
  Pieces made;
  for (size_t from = 0;;) {
    size_t at = by.separator.empty() ? (from + 1 < text.size() ? from + 1 : string_view::npos) : text.find(by.separator, from);
    string_view piece = text.substr(from, at == string_view::npos ? at : at - from);
    if (keep(piece)) made.push_back(piece);
    if (at == string_view::npos) return made;
    from = at + by.separator.size();
  }
}
template <class Predicate = AllowEmpty>
Pieces StrSplit(string_view text, const ByAnyChar &by, Predicate keep = {}) {
  Pieces made;
  for (size_t from = 0;;) {
    size_t at = text.find_first_of(by.characters, from);
    string_view piece = text.substr(from, at == string_view::npos ? at : at - from);
    if (keep(piece)) made.push_back(piece);
    if (at == string_view::npos) return made;
    from = at + 1;
  }
}
template <class Predicate = AllowEmpty>
Pieces StrSplit(string_view text, const ByChar &by, Predicate keep = {}) {
  return StrSplit(text, ByString(by.separator), keep);
}
template <class Predicate = AllowEmpty>
Pieces StrSplit(string_view text, char by, Predicate keep = {}) {
  return StrSplit(text, ByChar(by), keep);
}
template <class Predicate = AllowEmpty>
Pieces StrSplit(string_view text, string_view by, Predicate keep = {}) {
  return StrSplit(text, ByString(by), keep);
}
template <class Predicate = AllowEmpty>
Pieces StrSplit(string_view text, const char *by, Predicate keep = {}) {
  return StrSplit(text, ByString(by), keep);
}

}  // namespace absl
