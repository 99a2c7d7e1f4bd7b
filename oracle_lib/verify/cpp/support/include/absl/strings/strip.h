#pragma once
#include "absl/strings/ascii.h"

namespace absl {

inline bool ConsumePrefix(string_view *text, string_view prefix) {
  bool found = text->starts_with(prefix);
  if (found) text->remove_prefix(prefix.size());
  return found;
}
inline bool ConsumeSuffix(string_view *text, string_view suffix) {
  bool found = text->ends_with(suffix);
  if (found) text->remove_suffix(suffix.size());
  return found;
}
inline string_view StripPrefix(string_view text, string_view prefix) {
  ConsumePrefix(&text, prefix);
  return text;
}
inline string_view StripSuffix(string_view text, string_view suffix) {
  ConsumeSuffix(&text, suffix);
  return text;
}

}  // namespace absl
