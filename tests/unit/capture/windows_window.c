/* What Helptray calls of user32 and dwmapi, with the names and arguments of Microsoft's headers, over one window that a
   test describes. `LONG` has the size that ctypes gives it on the machine that this runs on. */

#include <stddef.h>
#include <wchar.h>

typedef long LONG;
typedef struct { LONG left, top, right, bottom; } RECT;
typedef struct { LONG x, y; } POINT;

static char window;
static int is_there, is_minimised, has_composition, pointer_is_ours = 1;
static const wchar_t *class_name;
static unsigned process;

void test_shows(const wchar_t *name, int minimised, int composition) {
    is_there = 1;
    class_name = name;
    is_minimised = minimised;
    has_composition = composition;
}
void test_belongs_to(unsigned pid) { process = pid; }
void test_locks(void) { pointer_is_ours = 0; }

void *GetForegroundWindow(void) { return is_there ? &window : NULL; }
int IsIconic(void *of) { return of == &window && is_minimised; }
int GetClassNameW(void *of, wchar_t *name, int room) {
    if (of != &window || (int)wcslen(class_name) >= room) return 0;
    wcscpy(name, class_name);
    return wcslen(name);
}
int GetWindowRect(void *of, RECT *place) {
    *place = (RECT){-1207, 33, -293, 747};
    return of == &window;
}
long DwmGetWindowAttribute(void *of, unsigned attribute, RECT *place, unsigned size) {
    if (of != &window || attribute != 9 || size != sizeof(RECT) || !has_composition) return 0x80070057 - 0x100000000;
    *place = (RECT){-1200, 40, -300, 740};
    return 0;
}
int GetCursorPos(POINT *at) {
    *at = (POINT){-500, 600};
    return pointer_is_ours;
}
unsigned GetWindowThreadProcessId(void *of, unsigned *pid) {
    *pid = of == &window ? process : 0;
    return of == &window;
}
