#pragma once
#include <initializer_list>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace absl {

// At each place the longest text that is found there is replaced; what was put in is not looked at again.
inline std::string StrReplaceAll(string_view text, std::initializer_list<std::pair<string_view, string_view>> replacements) {
  std::string made;
  while (!text.empty()) {
    const std::pair<string_view, string_view> *best = nullptr;
    for (const auto &pair : replacements)
      if (!pair.first.empty() && text.starts_with(pair.first) && (!best || pair.first.size() > best->first.size())) best = &pair;
    made.append(best ? best->second : text.substr(0, 1));
    text.remove_prefix(best ? best->first.size() : 1);
  }
  return made;
}

}  // namespace absl
