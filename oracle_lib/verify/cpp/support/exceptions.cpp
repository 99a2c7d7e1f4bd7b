// What the WebAssembly libraries of the toolchain lack: they were built without exceptions. This is the exception half of
// the Itanium C++ ABI in the shape that clang's Emscripten lowering asks for (a call inside a `try` goes through the
// import `invoke_…`, which tells by __THREW__ whether it was left by an exception).
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <typeinfo>

#define FROM_ORACLE(name) __attribute__((import_module("oracle"), import_name(name)))

extern "C" {
FROM_ORACLE("throw") __attribute__((noreturn)) void oracle_throw();
FROM_ORACLE("charge") void oracle_charge();
FROM_ORACLE("stack") void oracle_stack(int (*save)(), void (*restore)(int));
int __THREW__, __threwValue;
}

namespace __cxxabiv1 {
// What stands before every thrown object. An std::exception_ptr that is thrown again gets a second one of these, whose
// object belongs to the first, its `primary`.
struct alignas(16) __cxa_exception {
  const std::type_info *type;
  void *(*destroy)(void *);
  __cxa_exception *primary, *below;
  void *object, *caught_as;
  int owners, handlers;
};
}  // namespace __cxxabiv1

namespace {

using Exception = __cxxabiv1::__cxa_exception;

Exception *thrown, *caught;
unsigned uncaught;
bool terminated;

// The virtual functions of libc++abi's descriptions of types.
struct Type : std::type_info {
  virtual void unused_1() const;
  virtual void unused_2() const;
  virtual bool can_catch(const Type *thrown, void *&object) const;
};

bool catches(const std::type_info *type, void *&object) {
  return static_cast<const Type *>(type)->can_catch(static_cast<const Type *>(thrown->type), object);
}

Exception *header(void *object) { return static_cast<Exception *>(object) - 1; }

Exception *allocate(size_t size) {
  void *place = size < SIZE_MAX - sizeof(Exception) ? calloc(1, sizeof(Exception) + size) : nullptr;
  if (!place) std::terminate();
  return static_cast<Exception *>(place);
}

void release(Exception *exception) {
  if (--exception->owners > 0) return;
  if (exception->primary != exception)
    release(exception->primary);
  else if (exception->destroy)
    exception->destroy(exception->object);
  free(exception);
}

[[noreturn]] void unwind(Exception *exception) {
  static unsigned count;
  if (++count % 1024 == 0) oracle_charge();
  thrown = exception;
  oracle_throw();
}

int stack_save() {
  int at;
  __asm__ volatile(".globaltype __stack_pointer, i32\nglobal.get __stack_pointer\nlocal.set %0" : "=r"(at));
  return at;
}

void stack_restore(int at) {
  __THREW__ = 1;
  __asm__ volatile("local.get %0\nglobal.set __stack_pointer" : : "r"(at));
}

[[noreturn]] void terminate() {
  terminated = true;
  abort();
}

__attribute__((constructor(1))) void begin() {
  oracle_stack(stack_save, stack_restore);
  std::set_terminate(terminate);
}

[[noreturn]] void raise(Exception *exception) {
  ++uncaught;
  unwind(exception);
}

int matched;

void *find(std::initializer_list<const std::type_info *> types) {
  __THREW__ = 0;
  matched = 0;
  for (const std::type_info *type : types) {
    void *object = thrown->object;
    if (type && !catches(type, object)) continue;
    thrown->caught_as = object;
    matched = reinterpret_cast<int>(type);
    break;
  }
  return thrown;
}

}  // namespace

extern "C" {

// The name of the type of the exception that ended the program and, after a newline, its message; empty where none did.
__attribute__((export_name("oracle_uncaught"))) const char *oracle_uncaught() {
  static char text[512];
  Exception *exception = uncaught ? thrown : terminated ? caught : nullptr;
  if (!exception) return text;
  strlcpy(text, exception->type->name(), sizeof text);
  thrown = exception;
  if (void *object = exception->object; catches(&typeid(std::exception), object)) {
    strlcat(text, "\n", sizeof text);
    strlcat(text, static_cast<std::exception *>(object)->what(), sizeof text);
  }
  return text;
}

// How much of the stack in memory is left; below zero where it has overflowed.
__attribute__((export_name("oracle_stack_left"))) int oracle_stack_left() { return stack_save(); }

int getTempRet0() { return matched; }
void setTempRet0(int value) { matched = value; }
int llvm_eh_typeid_for(void *type) { return reinterpret_cast<int>(type); }
void __gxx_personality_v0() { abort(); }
[[noreturn]] void __resumeException(void *raised) { unwind(static_cast<Exception *>(raised)); }

// One more than the number of types that a `try` catches, and one.
using T = const std::type_info *;
void *__cxa_find_matching_catch_2() { return find({}); }
void *__cxa_find_matching_catch_3(T a) { return find({a}); }
void *__cxa_find_matching_catch_4(T a, T b) { return find({a, b}); }
void *__cxa_find_matching_catch_5(T a, T b, T c) { return find({a, b, c}); }
void *__cxa_find_matching_catch_6(T a, T b, T c, T d) { return find({a, b, c, d}); }
void *__cxa_find_matching_catch_7(T a, T b, T c, T d, T e) { return find({a, b, c, d, e}); }
void *__cxa_find_matching_catch_8(T a, T b, T c, T d, T e, T f) { return find({a, b, c, d, e, f}); }
void *__cxa_find_matching_catch_9(T a, T b, T c, T d, T e, T f, T g) { return find({a, b, c, d, e, f, g}); }
void *__cxa_find_matching_catch_10(T a, T b, T c, T d, T e, T f, T g, T h) { return find({a, b, c, d, e, f, g, h}); }

void *__cxa_allocate_exception(size_t size) throw() { return allocate(size) + 1; }
void __cxa_free_exception(void *object) throw() { free(header(object)); }

Exception *__cxa_init_primary_exception(void *object, std::type_info *type, void *(*destroy)(void *)) throw() {
  Exception *made = header(object);
  *made = {type, destroy, made, nullptr, object, object, 0, 0};
  return made;
}

[[noreturn]] void __cxa_throw(void *object, std::type_info *type, void *(*destroy)(void *)) {
  Exception *made = __cxa_init_primary_exception(object, type, destroy);
  made->owners = 1;
  raise(made);
}

void *__cxa_get_exception_ptr(void *raised) throw() { return static_cast<Exception *>(raised)->caught_as; }

void *__cxa_begin_catch(void *raised) throw() {
  auto exception = static_cast<Exception *>(raised);
  exception->handlers = abs(exception->handlers) + 1;
  if (exception != caught) {
    exception->below = caught;
    caught = exception;
  }
  --uncaught;
  return exception->caught_as;
}

// The count of handlers is negative while the exception is on its way to another one.
void __cxa_end_catch() {
  Exception *exception = caught;
  if (!exception) return;
  bool again = exception->handlers < 0;
  exception->handlers += again ? 1 : -1;
  if (exception->handlers) return;
  caught = exception->below;
  if (!again) release(exception);
}

[[noreturn]] void __cxa_rethrow() {
  if (!caught) std::terminate();
  caught->handlers = -caught->handlers;
  raise(caught);
}

unsigned __cxa_uncaught_exceptions() throw() { return uncaught; }
bool __cxa_uncaught_exception() throw() { return uncaught; }
std::type_info *__cxa_current_exception_type() { return caught ? const_cast<std::type_info *>(caught->type) : nullptr; }

void __cxa_increment_exception_refcount(void *object) throw() {
  if (object) ++header(object)->owners;
}
void __cxa_decrement_exception_refcount(void *object) throw() {
  if (object) release(header(object));
}

void *__cxa_current_primary_exception() throw() {
  if (!caught) return nullptr;
  ++caught->primary->owners;
  return caught->primary->object;
}

void __cxa_rethrow_primary_exception(void *object) {
  if (!object) return;
  Exception *primary = header(object), *second = allocate(0);
  ++primary->owners;
  *second = {primary->type, nullptr, primary, nullptr, object, object, 1, 0};
  raise(second);
}

// What the library would say of an abort takes printf, which is half of a small program.
void abort_message(const char *, ...) { abort(); }

// The compiler's own helpers were built with stack protection, which this C library does not know.
uintptr_t __stack_chk_guard = 0x5AFE57AC;
void __stack_chk_fail() { abort(); }
}
