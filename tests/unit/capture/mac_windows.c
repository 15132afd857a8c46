/* What Helptray calls of CoreGraphics, CoreFoundation and the Objective-C runtime, with the names, types and ownership
   of Apple's headers, over windows and a frontmost program that a test tells: no Mac, but the same calls between the
   same kinds of machine code. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct { double x, y, width, height; } CGRect;
typedef struct { double x, y; } CGPoint;
typedef struct { int32_t pid, layer; double alpha; CGRect bounds; bool has_bounds; } Window;
typedef struct { bool is_real; int32_t whole; double real; } Number;

static const int bounds_key, layer_key, pid_key, alpha_key;
const void *kCGWindowBounds = &bounds_key;
const void *kCGWindowLayer = &layer_key;
const void *kCGWindowOwnerPID = &pid_key;
const void *kCGWindowAlpha = &alpha_key;

static Window windows[32];
static Number numbers[3 * 32];
static long count, used;
static bool has_session = true;
static bool has_app_kit, has_pointer;
static CGPoint pointer;
static int32_t frontmost;
static long lists;
static uint32_t asked;

void test_add(int32_t pid, int32_t layer, double alpha, double x, double y, double width, double height) {
    windows[count++] = (Window){pid, layer, alpha, {x, y, width, height}, width >= 0};
}
void test_end_session(void) { has_session = false; }
void test_load_app_kit(void) { has_app_kit = true; }
void test_bring_to_front(int32_t pid) { frontmost = pid; }
void test_point_at(double x, double y) {
    pointer = (CGPoint){x, y};
    has_pointer = true;
}
long test_lists_kept(void) { return lists; }
uint32_t test_asked(void) { return asked; }

/* A list is a block of its own, so that one that is used after its release or never released is found. */
void *CGWindowListCopyWindowInfo(uint32_t option, uint32_t window) {
    asked = option;
    if (!has_session || window != 0) return NULL;
    lists++;
    return malloc(1 << 20);
}
void CFRelease(void *list) { lists--; free(list); }
long CFArrayGetCount(void *list) { return list ? count : -1; }
const void *CFArrayGetValueAtIndex(void *list, long index) { return list && index < count ? &windows[index] : NULL; }

static const void *number(bool is_real, int32_t whole, double real) {
    numbers[used % 96] = (Number){is_real, whole, real};
    return &numbers[used++ % 96];
}
const void *CFDictionaryGetValue(const Window *window, const void *key) {
    if (key == &bounds_key) return window->has_bounds ? &window->bounds : NULL;
    if (key == &layer_key) return number(false, window->layer, 0);
    if (key == &pid_key) return number(false, window->pid, 0);
    if (key == &alpha_key) return number(true, 0, window->alpha);
    return NULL;
}
unsigned char CFNumberGetValue(const Number *number, long type, void *value) {
    if (type != 13) return 0;
    *(double *)value = number->is_real ? number->real : number->whole;
    return 1;
}
bool CGRectMakeWithDictionaryRepresentation(const CGRect *from, CGRect *to) {
    *to = *from;
    return true;
}

/* An event is a block of its own as well. */
void *CGEventCreate(void *source) {
    if (source || !has_pointer) return NULL;
    lists++;
    return malloc(1 << 20);
}
CGPoint CGEventGetLocation(void *event) { return event ? pointer : (CGPoint){0, 0}; }

static char workspace_class, workspace, application, selectors[3];
static const char *const names[3] = {"sharedWorkspace", "frontmostApplication", "processIdentifier"};

/* A class is known once its framework is there. */
void *objc_getClass(const char *name) {
    return has_app_kit && strcmp(name, "NSWorkspace") == 0 ? &workspace_class : NULL;
}
void *sel_registerName(const char *name) {
    for (int index = 0; index < 3; index++)
        if (strcmp(name, names[index]) == 0) return &selectors[index];
    return NULL;
}
/* A pid is a 32-bit answer: what is above it in the register is anything. A message to nil answers nothing. */
uint64_t objc_msgSend(void *target, void *selector) {
    if (target == &workspace_class && selector == &selectors[0]) return (uint64_t)&workspace;
    if (target == &workspace && selector == &selectors[1]) return frontmost ? (uint64_t)&application : 0;
    if (target == &application && selector == &selectors[2]) return 0x5ca1ab1e00000000 | (uint32_t)frontmost;
    if (target) abort();
    return 0;
}
