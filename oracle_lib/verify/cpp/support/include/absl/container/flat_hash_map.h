#pragma once
#include <unordered_map>

namespace absl {
template <class Key, class Value>
using flat_hash_map = std::unordered_map<Key, Value>;
}  // namespace absl
