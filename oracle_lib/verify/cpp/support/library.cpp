// The functions of the library that throw: the toolchain's own were built without exceptions and would abort.
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>
#include <typeinfo>

extern "C" {
[[noreturn]] void __cxa_bad_cast() { throw std::bad_cast(); }
[[noreturn]] void __cxa_bad_typeid() { throw std::bad_typeid(); }
[[noreturn]] void __cxa_throw_bad_array_new_length() { throw std::bad_array_new_length(); }
}

static void *allocated(void *place) {
  if (!place) throw std::bad_alloc();
  return place;
}
static void *aligned(std::align_val_t alignment, size_t size) {
  auto unit = static_cast<size_t>(alignment);
  return size > SIZE_MAX - unit ? nullptr : aligned_alloc(unit, (size + unit - 1) / unit * unit);
}
void *operator new(size_t size) { return allocated(malloc(size ? size : 1)); }
void *operator new[](size_t size) { return allocated(malloc(size ? size : 1)); }
void *operator new(size_t size, const std::nothrow_t &) noexcept { return malloc(size ? size : 1); }
void *operator new[](size_t size, const std::nothrow_t &) noexcept { return malloc(size ? size : 1); }
void *operator new(size_t size, std::align_val_t alignment) { return allocated(aligned(alignment, size)); }
void *operator new[](size_t size, std::align_val_t alignment) { return allocated(aligned(alignment, size)); }

template class std::basic_string<char>;

// std::stoi and its kin: the linker sends calls of the library's to these (`--wrap`).
#define WRAPPED(name, parameters) \
  __asm__("__wrap__ZNSt3__2" name "ERKNS_12basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEEE" parameters)

template <class Result, class Wide, class... Base>
static Result number(const char *name, const std::string &text, size_t *used, Wide (*convert)(const char *, char **, Base...),
                     Base... base) {
  char *end;
  int before = errno;
  errno = 0;
  Wide value = convert(text.c_str(), &end, base...);
  bool range = errno == ERANGE || static_cast<Wide>(static_cast<Result>(value)) != value && value == value;
  errno = before;
  if (end == text.c_str()) throw std::invalid_argument(std::string(name) + ": no conversion");
  if (range) throw std::out_of_range(std::string(name) + ": out of range");
  if (used) *used = end - text.c_str();
  return static_cast<Result>(value);
}

#define INTEGER(name, mangled, Result, convert)                                     \
  Result wrapped_##name(const std::string &, size_t *, int) WRAPPED(mangled, "Pmi"); \
  Result wrapped_##name(const std::string &text, size_t *used, int base) {          \
    return number<Result>(#name, text, used, convert, base);                        \
  }
#define FLOATING(name, mangled, Result, convert)                              \
  Result wrapped_##name(const std::string &, size_t *) WRAPPED(mangled, "Pm"); \
  Result wrapped_##name(const std::string &text, size_t *used) { return number<Result>(#name, text, used, convert); }

INTEGER(stoi, "4stoi", int, strtol)
INTEGER(stol, "4stol", long, strtol)
INTEGER(stoul, "5stoul", unsigned long, strtoul)
INTEGER(stoll, "5stoll", long long, strtoll)
INTEGER(stoull, "6stoull", unsigned long long, strtoull)
FLOATING(stof, "4stof", float, strtof)
FLOATING(stod, "4stod", double, strtod)
FLOATING(stold, "5stold", long double, strtold)
