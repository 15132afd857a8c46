/* Most builds of SQLite call fdatasync where the one that we ship calls fsync. It promises less, so it is what is tried. */
#define _GNU_SOURCE
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int fsync(int file) {
    struct stat about;
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode)) return fdatasync(file);
    return (int)syscall(SYS_fsync, file);
}
