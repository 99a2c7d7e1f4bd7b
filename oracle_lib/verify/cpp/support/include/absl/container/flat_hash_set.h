#pragma once
#include <unordered_set>

namespace absl {
template <class Key>
using flat_hash_set = std::unordered_set<Key>;
}  // namespace absl
