// What ordinary answers do with the library, done once here: what this instantiates is in the precompiled headers and in
// the object beside them, and no answer has to compile it again. It is never called. The result `auto` of `vectors` has
// it instantiated on the spot where prepared.cpp reads this once more, and not at the end of every answer.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace oracle_common {

template <class T>
inline auto vectors(std::vector<T> &v, const std::vector<T> &c, T x) {
  std::vector<T> a, b(3), d(3, x), e(c), f(c.begin(), c.end()), g{x, x}, h(std::move(a)), i(c.data(), c.data() + 1), j(v.begin(), v.end()), k(v.data(), v.data() + 1);
  a = c, a = std::move(b), a = {x};
  v.push_back(x), v.push_back(c[0]), v.emplace_back(x), v.pop_back(), v.resize(9), v.resize(9, x), v.reserve(9), v.clear();
  v.assign(9, x), v.assign(c.begin(), c.end()), v.assign(c.data(), c.data() + 1);
  v.insert(v.end(), c.begin(), c.end()), v.insert(v.end(), v.begin(), v.end()), v.insert(v.end(), c.data(), c.data() + 1);
  v.insert(v.begin(), x), v.insert(v.end(), c[0]), v.insert(v.end(), 3, x), v.insert(v.end(), {x, x});
  v.erase(v.begin()), v.erase(v.begin(), v.end()), v.swap(a), v.shrink_to_fit();
  v[0] = c[0], v.at(0) = c.at(0), v.front() = c.front(), v.back() = c.back(), v.data()[0] = c.data()[0];
  bool same = v.empty() || v.size() == c.size() || v == c || v != c || v.capacity();
  for (T &y : v) y = x;
  for (const T &y : c) same = y == x;
  for (auto it = v.begin(); it != v.end(); ++it) *it = x;
  for (auto it = c.begin(); it != c.end(); it++) same = *it == x;
  same = v.begin() + 1 - v.begin() || c.cbegin() + 1 < c.cend() || v.begin() < v.end() || c.end() - 1 > c.begin() || v.rbegin() == v.rend();
  std::fill(v.begin(), v.end(), x), std::copy(c.begin(), c.end(), v.begin()), std::copy(c.begin(), c.end(), std::back_inserter(v));
  std::copy_n(c.begin(), 1, v.begin()), std::reverse(v.begin(), v.end()), std::sort(v.begin(), v.end());
  same = std::equal(c.begin(), c.end(), v.begin()) || std::find(c.begin(), c.end(), x) == c.end() || std::find(v.begin(), v.end(), x) == v.end();
  (void)std::accumulate(c.begin(), c.end(), 0), (void)std::accumulate(c.begin(), c.end(), 0u);
  (void)std::min<T>(x, x), (void)std::max<T>(x, x), (void)std::min({x, x}), (void)std::clamp(x, x, x), std::swap(v[0], v[1]);
  std::optional<std::vector<T>> o;
  o = v, o = c, o = std::nullopt, o = std::optional<std::vector<T>>(std::move(v));
  same = o.has_value() || !o || o->size() || (*o).size() || o.value().size();
  std::optional<T> p, q(x), r(p);
  p = x, p = std::nullopt, same = p.has_value() || p && *p == p.value() || p.value_or(x);
  std::span<T> s(v);
  std::span<const T> t(c), u(v);
  same = s[0] == t[0] || s.size() == t.subspan(1).size() || t.first(1).empty();
  for (T y : t) same = x == y;
}

inline void use(std::string &s, const std::string &c) {
  std::vector<uint8_t> bytes;
  std::vector<uint16_t> words;
  std::vector<uint32_t> longs;
  std::vector<int> numbers;
  vectors<uint8_t>(bytes, bytes, 1), vectors<uint16_t>(words, words, 1), vectors<uint32_t>(longs, longs, 1), vectors<int>(numbers, numbers, 1);
  std::vector<std::string> names{c}, none, several(3), same_names(names);
  names.push_back(c), names.push_back(std::move(s)), names.emplace_back("x"), names[0] = names.at(0), names.resize(3);
  for (const std::string &name : names) s += name;
  for (std::string &name : names) name = c;
  const std::vector<std::string> &fixed = names;
  for (const std::string &name : fixed) s += name + fixed[0];
  if (!fixed.empty() && fixed.size() == 1) none = std::move(several);
  std::optional<std::string> text, copy(text), moved(std::move(copy));
  text = c, text = std::string(c), text = std::nullopt, text = moved;
  const std::optional<std::string> &known = text;
  if (text && known && text.has_value() && known.has_value()) s = *text + *known + known.value() + known->substr(1);
  bytes = std::vector<uint8_t>(c.begin(), c.end()), bytes = std::vector<uint8_t>(s.begin(), s.end()), bytes.assign(c.begin(), c.end());
  std::vector<bool> flags(3), marks(3, true);
  flags[0] = marks[1], flags.push_back(true), flags.resize(4), flags = marks;
  std::vector<std::vector<uint8_t>> rows(3), lines(3, bytes);
  rows.push_back(bytes), rows.push_back(std::move(bytes)), rows[0] = lines.at(0), rows = std::move(lines), rows.resize(4);
  for (const std::vector<uint8_t> &row : rows) bytes = row;
  s = "x" + c + 'y' + c + "z", s += 'c', s += "x", s.append(c), s.push_back('x'), s = c.substr(1), s = std::to_string(1) + std::to_string(1u);
  bool same = s == c || s < c || s == "x" || s.empty() || s[0] == c[0] || s.find(c) == s.find('x') || s.size() == s.length();
  for (char &x : s) x = c.at(0);
  int n = getchar();
  printf("%d", n), scanf("%d", &n), snprintf(&s[0], 1, "x"), putchar(n), puts("x");
  std::map<int, int> m;
  m[1] = 2, m.insert({1, 2}), m.emplace(1, 2), m.erase(1), same = m.find(1) != m.end() || m.count(1) || m.at(1) || m.size() || m.contains(1);
  for (auto &[key, value] : m) value = key;
  std::array<uint8_t, 3> three{};
  std::array<uint8_t, 32> tile{};
  std::array<uint16_t, 16> palette{};
  for (uint8_t &x : three) x = tile[0] + palette[0];
  for (uint8_t &x : tile) x = 0;
  for (uint16_t &x : palette) x = palette.size();
}

}  // namespace oracle_common
