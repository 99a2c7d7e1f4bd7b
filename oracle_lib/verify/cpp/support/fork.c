// Lets a compiler or linker start once and go on in a copy of itself for every input. Loaded into it (LD_PRELOAD), this
// stops it where it first reads a pipe, which is its standard input, and waits for requests where its complaints went: a
// folder and the names of the files in it that take the places of standard input and output. The copy works there under
// limits; its wait status is the reply.
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void limit(int what, rlim_t most) {
  struct rlimit both = {most, most};
  if (setrlimit(what, &both)) _exit(127);
}

static void stand_for(int descriptor, const char *name, int flags) {
  int file = open(name, flags, 0600);
  if (file < 0 || dup2(file, descriptor) < 0) _exit(127);
  close(file);
}

static void work(char *request, int pipe) {
  char *source = strchr(request, 0) + 1, *made = strchr(source, 0) + 1;
  if (chdir(request)) _exit(127);
  stand_for(STDERR_FILENO, "complaints", O_WRONLY | O_CREAT | O_TRUNC);
  stand_for(STDIN_FILENO, source, O_RDONLY);
  if (dup2(STDIN_FILENO, pipe) < 0) _exit(127);
  stand_for(STDOUT_FILENO, made, O_WRONLY | O_CREAT | O_TRUNC);
  alarm(WALL_SECONDS);
  limit(RLIMIT_CPU, CPU_SECONDS);
  limit(RLIMIT_AS, MEMORY);
  limit(RLIMIT_FSIZE, FILE_SIZE);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 64);
}

// Returns in the copies alone.
static void serve(int pipe) {
  char request[8192] = {0};
  int status = 0;
  unsetenv("LD_PRELOAD");
  while (send(STDERR_FILENO, &status, sizeof status, MSG_NOSIGNAL) > 0) {
    ssize_t size = recv(STDERR_FILENO, request, sizeof request - 3, 0);
    if (size <= 0) break;
    memset(request + size, 0, 3);
    pid_t copy = fork();
    if (copy == 0) return work(request, pipe);
    if (copy < 0 || waitpid(copy, &status, 0) != copy) break;
  }
  _exit(0);
}

ssize_t read(int file, void *to, size_t size) {
  static int is_copy;
  struct stat found;
  if (!is_copy && fstat(file, &found) == 0 && S_ISFIFO(found.st_mode)) {
    is_copy = 1;
    serve(file);
  }
  return syscall(SYS_read, file, to, size);
}
