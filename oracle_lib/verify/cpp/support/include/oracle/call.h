// Calls an answer's function as its contract declares it, where the types differ and no caller would lose anything by it.
#pragma once
#include <concepts>
#include <type_traits>

namespace oracle_call {

// An integer may become one that has all its values, or one of the same width, from which every caller gets it back.
template <class From, class To>
consteval bool keeps() {
  using F = std::remove_cvref_t<From>;
  using T = std::remove_cvref_t<To>;
  if constexpr (std::is_same_v<F, T>)
    return true;
  else if constexpr (std::integral<F> && std::integral<T> && !std::is_same_v<T, bool>)
    return sizeof(T) == sizeof(F) || sizeof(T) > sizeof(F) && (std::is_unsigned_v<F> || std::is_signed_v<T>);
  else
    return !std::is_arithmetic_v<F> && !std::is_arithmetic_v<T> && std::is_convertible_v<From, To>;
}

// What a function changes for its caller must reach it: such a parameter has the declared type itself.
template <class Declared, class Taken>
consteval bool reaches() {
  bool changes = std::is_lvalue_reference_v<Declared> && !std::is_const_v<std::remove_reference_t<Declared>>;
  return !changes || std::is_same_v<Declared, Taken>;
}

// A narrower result than the declared one may have been cut off, so it must keep all of that one's values as well.
template <class Result, class... Declared, class Returned, class... Taken>
consteval bool takes(Returned (*)(Taken...)) {
  if constexpr (sizeof...(Declared) != sizeof...(Taken)) return false;
  else if constexpr (std::is_arithmetic_v<Returned> && !keeps<Result, Returned>()) return false;
  else return keeps<Returned, Result>() && ((keeps<Declared, Taken>() && reaches<Declared, Taken>()) && ...);
}

template <class Signature, auto function>
struct through;
template <class Result, class... Declared, auto function>
struct through<Result(Declared...), function> {
  static Result call(Declared... given) {
    static_assert(takes<Result, Declared...>(function));
    return function(static_cast<Declared &&>(given)...);
  }
};

}  // namespace oracle_call
