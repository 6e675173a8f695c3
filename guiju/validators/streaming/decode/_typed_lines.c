/* Lines of JSON -> records: the quick reader of lines that are written as the first lines of their file were.

   It does what a typed decoder does (`engines.compiled.decode`), in one walk over the bytes, and three things more: it sees a
   key that comes twice, it knows that every line holds one object, and it gives parts that are kept as bytes as one and the same
   object whenever they are written the same, so that whoever looks them up need not hash them again.

   It decides nothing. At whatever is not plain (another key, another type, a fraction, a blank line, what is no JSON) it stops
   before the line, and the line is read by those who can say what is wrong with it: where it is too strict, that costs time and
   nothing else. Inside of a cell only quotes and brackets are looked at, for who judges a cell decodes it first. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <structmember.h>

#define FORM 2            /* of what it is told; changes together with `from_lines._FORM` */
#define MOST_KEYS 512     /* of one object; who has more is not read here */
#define MOST_DEPTH 32     /* of specs within specs, and of brackets within a cell */
#define AT_ONCE 32        /* elements of a list */
#define MOST_DIGITS 18    /* of a whole number, so that it fits 64 bits */
#define LONGEST_CELL 1024 /* bytes of a cell that is kept */
#define MOST_CELLS 20000  /* so many are kept, then none is and it begins anew */
#define MOST_SIGNS 300    /* of a number that nobody reads, so that it is no larger than any that can be held */
#define PLACES 65536      /* a power of two, more than three times MOST_CELLS */

typedef enum {
    TEXT,   /* a text, or null */
    WHOLE,  /* a whole number, a text, or null */
    PLAIN,  /* nobody asks for it: the same, or a truth */
    ANY,    /* nobody asks for it: any value in which no key comes twice */
    SKIP,   /* nobody asks for it, and somebody has seen to it before */
    CELL,   /* an object, a list or null, as bytes */
    CELLS,  /* a list of objects, each as bytes, or null */
    RECORD, /* an object that is read, or null */
    LIST,   /* a list, or null */
} Kind;

typedef struct Spec Spec;

typedef struct Node {
    Kind kind;
    Spec *record;         /* RECORD */
    struct Node *element; /* LIST */
} Node;

typedef struct {
    PyObject *key;     /* bytes, with both quotes */
    PyObject *escaped; /* the same key as it was written otherwise, if it was */
    Node node;
    Py_ssize_t offset;
    PyObject *absent;  /* what the slot holds where the key is not written; NULL where it must be */
    int next;          /* the key that came behind it last time */
} Field;

struct Spec {
    PyTypeObject *type;
    Py_ssize_t count;
    Field *fields;
    int first;
};

typedef struct {
    uint64_t hash;
    PyObject *bytes;
    int sound; /* whether it is known to be JSON in which no key comes twice */
} Kept;

typedef struct {
    PyObject_HEAD
    Spec *spec;
    PyObject *unescape; /* the bytes of a text with both quotes -> the text, or None */
    PyObject *sound;    /* the bytes of a value -> whether it is JSON in which no key comes twice */
    Kept *kept;
    Py_ssize_t held;
    uint64_t seed;
} Reader;

/* ---- walking ------------------------------------------------------------------------------------------------------------- */

static inline const char *blanks(const char *at)
{
    /* Ends at the line end at the latest, which every line has. */
    while (*at == ' ' || *at == '\t' || *at == '\r') at++;
    return at;
}

static inline uint64_t word(const char *at)
{
    uint64_t found;
    memcpy(&found, at, 8);
    return found;
}

#define ONES 0x0101010101010101ULL
#define HIGHS 0x8080808080808080ULL
#define NONE_IS(w, byte) (((((w) ^ (ONES * (byte))) - ONES) & ~((w) ^ (ONES * (byte))) & HIGHS) == 0)

/* From behind the quote that opens to the quote that closes; NULL where none does. `escaped` says whether something is. */
static const char *string_end(const char *at, const char *end, int *escaped)
{
    for (;;) {
        /* Eight bytes at once, as long as none of them is a quote, a backslash or a control sign. */
        while (end - at >= 8) {
            uint64_t w = word(at);
            if (!NONE_IS(w, '"') || !NONE_IS(w, '\\') || ((w - ONES * 0x20) & ~w & HIGHS) != 0) break;
            at += 8;
        }
        for (int some = 0; some < 8; some++) {
            if (at >= end) return NULL;
            unsigned char sign = (unsigned char)*at;
            if (sign == '"') return at;
            if (sign < 0x20) return NULL;
            at++;
            if (sign == '\\') {
                *escaped = 1;
                if (at >= end || (unsigned char)*at < 0x20) return NULL;
                at++;
            }
        }
    }
}

/* From a bracket that opens to behind the one that closes it; NULL where none does. */
static const char *bracket_end(const char *at, const char *end)
{
    char open[MOST_DEPTH];
    int depth = 0, escaped = 0;
    for (; at < end; at++) {
        switch (*at) {
        case '"':
            at = string_end(at + 1, end, &escaped);
            if (at == NULL) return NULL;
            break;
        case '{':
        case '[':
            if (depth == MOST_DEPTH) return NULL;
            open[depth++] = *at == '{' ? '}' : ']';
            break;
        case '}':
        case ']':
            if (open[--depth] != *at) return NULL;
            if (depth == 0) return at + 1;
            break;
        default:
            if ((unsigned char)*at < 0x20 && *at != '\t' && *at != '\r') return NULL;
        }
    }
    return NULL;
}

static inline int ends_value(char sign) { return sign == ',' || sign == '}' || sign == ']' || sign == ' ' || sign == '\t' || sign == '\r'; }

/* ---- cells --------------------------------------------------------------------------------------------------------------- */

static uint64_t hash_of(uint64_t hash, const char *at, Py_ssize_t size)
{
    const char *end = at + size;
    hash ^= (uint64_t)size * 0x9E3779B97F4A7C15ULL;
    for (; end - at >= 8; at += 8) {
        hash = (hash ^ word(at)) * 0xBF58476D1CE4E5B9ULL;
        hash ^= hash >> 29;
    }
    uint64_t rest = 0;
    memcpy(&rest, at, (size_t)(end - at));
    hash = (hash ^ rest) * 0x94D049BB133111EBULL;
    return hash ^ (hash >> 31);
}

static void forget(Reader *self)
{
    for (Py_ssize_t at = 0; at < PLACES && self->held; at++) {
        if (self->kept[at].bytes != NULL) {
            self->held--;
            Py_CLEAR(self->kept[at].bytes);
        }
    }
}

/* The place of these bytes among those that are kept, or where they would be put. */
static Kept *place_of(Reader *self, uint64_t hash, const char *at, Py_ssize_t size)
{
    for (Py_ssize_t place = (Py_ssize_t)(hash & (PLACES - 1));; place = (place + 1) & (PLACES - 1)) {
        Kept *kept = self->kept + place;
        if (kept->bytes == NULL) return kept;
        if (kept->hash == hash && PyBytes_GET_SIZE(kept->bytes) == size && memcmp(PyBytes_AS_STRING(kept->bytes), at, (size_t)size) == 0)
            return kept;
    }
}

static int is_sound(Reader *self, PyObject *bytes)
{
    PyObject *said = PyObject_CallOneArg(self->sound, bytes);
    int sound = said == Py_True;
    Py_XDECREF(said);
    return sound;
}

/* The bytes of an object or a list as an object: the one that was given before for the same bytes. With `sound` only of what is
   JSON in which no key comes twice; without, whoever judges it sees to that. */
static PyObject *cell(Reader *self, const char **from, const char *end, int sound)
{
    const char *at = *from;
    /* What ends at the first brace that closes, and was seen to be whole before, is whole. */
    const char *behind = *at == '{' ? memchr(at, '}', (size_t)(end - at)) : NULL;
    Kept *kept = NULL;
    uint64_t hash = 0;
    if (behind != NULL && ++behind - at <= LONGEST_CELL) {
        hash = hash_of(self->seed, at, behind - at);
        kept = place_of(self, hash, at, behind - at);
    }
    if (kept == NULL || kept->bytes == NULL) {
        const char *first = behind;
        behind = bracket_end(at, end);
        if (behind == NULL) return NULL;
        if (behind - at > LONGEST_CELL) {
            kept = NULL;
        } else if (behind != first) {
            hash = hash_of(self->seed, at, behind - at);
            kept = place_of(self, hash, at, behind - at);
        }
    }
    *from = behind;
    if (kept != NULL && kept->bytes != NULL && (kept->sound || !sound)) return Py_NewRef(kept->bytes);
    PyObject *made = kept != NULL && kept->bytes != NULL ? Py_NewRef(kept->bytes) : PyBytes_FromStringAndSize(at, behind - at);
    if (made == NULL || (sound && !is_sound(self, made))) {
        Py_XDECREF(made);
        return NULL;
    }
    if (kept == NULL) return made;
    if (kept->bytes == NULL) {
        if (self->held == MOST_CELLS) {
            forget(self);
            kept = place_of(self, hash, at, behind - at);
        }
        kept->hash = hash;
        kept->bytes = Py_NewRef(made);
        kept->sound = 0;
        self->held++;
    }
    kept->sound |= sound;
    return made;
}

/* ---- values -------------------------------------------------------------------------------------------------------------- */

/* Each of these reads one value at `*place` and moves it behind. NULL where it is not plain, with no exception set, or with
   one where there is no memory. What is given for PLAIN, ANY and SKIP says only that it was plain. */

static PyObject *value(Reader *self, const Node *node, const char **place, const char *end);

/* The text of some bytes of UTF-8. What Chinese is mostly made of, ASCII and signs of three bytes each, is decoded here at once;
   all else is left to Python. NULL with UnicodeDecodeError for what is no UTF-8. */
static PyObject *decoded(const char *begin, Py_ssize_t size)
{
    const unsigned char *at = (const unsigned char *)begin, *end = at + size;
    Py_ssize_t count = 0, threes = 0;
    while (at < end) {
        if (*at < 0x80) {
            at++;
        } else if ((*at & 0xF0) == 0xE0 && end - at >= 3) {
            threes++;
            at += 3;
        } else {
            return PyUnicode_DecodeUTF8(begin, size, NULL);
        }
        count++;
    }
    if (threes == 0) return PyUnicode_DecodeUTF8(begin, size, NULL);
    PyObject *made = PyUnicode_New(count, 0xFFFF);
    if (made == NULL) return NULL;
    Py_UCS2 *signs = PyUnicode_2BYTE_DATA(made);
    for (at = (const unsigned char *)begin; at < end;) {
        if (*at < 0x80) {
            *signs++ = *at++;
            continue;
        }
        unsigned sign = (unsigned)(at[0] & 0x0F) << 12 | (unsigned)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
        if ((at[1] & 0xC0) != 0x80 || (at[2] & 0xC0) != 0x80 || sign < 0x800 || (sign & 0xF800) == 0xD800) {
            Py_DECREF(made);
            return PyUnicode_DecodeUTF8(begin, size, NULL);
        }
        *signs++ = (Py_UCS2)sign;
        at += 3;
    }
    return made;
}

static PyObject *text(Reader *self, const char **place, const char *end)
{
    const char *begin = *place + 1;
    int escaped = 0;
    const char *last = string_end(begin, end, &escaped);
    if (last == NULL) return NULL;
    *place = last + 1;
    PyObject *made;
    if (escaped) {
        made = PyObject_CallFunction(self->unescape, "y#", begin - 1, last - begin + 2);
        if (made != NULL && !PyUnicode_CheckExact(made)) Py_CLEAR(made);
        return made;
    }
    return decoded(begin, last - begin);
}

static PyObject *whole(const char **place, const char *end)
{
    const char *at = *place;
    int minus = *at == '-';
    at += minus;
    const char *begin = at;
    int64_t number = 0;
    while (at < end && *at >= '0' && *at <= '9' && at - begin < MOST_DIGITS) number = number * 10 + (*at++ - '0');
    if (at == begin || at >= end || !ends_value(*at)) return NULL;
    if (*begin == '0' && (minus || at - begin > 1)) return NULL;
    *place = at;
    return PyLong_FromLongLong(minus ? -number : number);
}

/* Any number of JSON, which is let go. */
static PyObject *number(const char **place, const char *end)
{
    const char *at = *place + (**place == '-');
    const char *begin = at;
    while (at < end && *at >= '0' && *at <= '9') at++;
    if (at == begin || (*begin == '0' && at - begin > 1)) return NULL;
    if (*at == '.') {
        begin = ++at;
        while (at < end && *at >= '0' && *at <= '9') at++;
        if (at == begin) return NULL;
    }
    /* An exponent may make it larger than any number that can be held: whether it does is asked elsewhere. */
    if (at >= end || at - *place > MOST_SIGNS || !ends_value(*at)) return NULL;
    *place = at;
    return Py_NewRef(Py_None);
}

static inline int literal(const char **place, const char *end, const char *word, Py_ssize_t size)
{
    if (end - *place <= size || memcmp(*place, word, (size_t)size) != 0 || !ends_value((*place)[size])) return 0;
    *place += size;
    return 1;
}

/* Puts some objects, which are given away, at the end of a list that is made when it is needed; -1 where there is no memory. */
static int flush(PyObject **list, PyObject **some, Py_ssize_t count)
{
    int failed = 0;
    if (*list == NULL) {
        *list = PyList_New(count);
        failed = *list == NULL;
        for (Py_ssize_t at = 0; at < count; at++) {
            if (failed) Py_DECREF(some[at]);
            else PyList_SET_ITEM(*list, at, some[at]);
        }
        return failed ? -1 : 0;
    }
    for (Py_ssize_t at = 0; at < count; at++) {
        if (!failed) failed = PyList_Append(*list, some[at]) < 0;
        Py_DECREF(some[at]);
    }
    if (failed) Py_CLEAR(*list);
    return failed ? -1 : 0;
}

static PyObject *list(Reader *self, const Node *element, const char **place, const char *end)
{
    PyObject *first[AT_ONCE], *found = NULL;
    Py_ssize_t count = 0;
    const char *at = blanks(*place + 1);
    int closed = *at == ']';
    while (!closed) {
        PyObject *made = NULL;
        if (element != NULL) {
            /* A value may be null, an element may not. */
            made = *at == 'n' ? NULL : value(self, element, &at, end);
        } else if (*at == '{') {
            made = cell(self, &at, end, 0);
        }
        if (made == NULL) break;
        first[count++] = made;
        at = blanks(at);
        closed = *at == ']';
        if (!closed && *at != ',') break;
        if (closed || count == AT_ONCE) {
            if (flush(&found, first, count) < 0) return NULL;
            count = 0;
        }
        if (!closed) at = blanks(at + 1);
    }
    if (closed) {
        *place = at + 1;
        return found != NULL ? found : PyList_New(0);
    }
    while (count > 0) Py_DECREF(first[--count]);
    Py_XDECREF(found);
    return NULL;
}

/* The size of the key at a place if it is that of the field, else 0. */
static inline Py_ssize_t is_key(const Field *field, const char *at, const char *end)
{
    Py_ssize_t size = PyBytes_GET_SIZE(field->key);
    if (end - at > size && memcmp(at, PyBytes_AS_STRING(field->key), (size_t)size) == 0) return size;
    if (field->escaped == NULL) return 0;
    size = PyBytes_GET_SIZE(field->escaped);
    return end - at > size && memcmp(at, PyBytes_AS_STRING(field->escaped), (size_t)size) == 0 ? size : 0;
}

/* The number of the field whose key stands at the place, which is moved behind it; -1 where it is that of none. */
static Py_ssize_t field_at(Reader *self, Spec *spec, const char **place, const char *end)
{
    const char *at = *place;
    for (Py_ssize_t number = 0; number < spec->count; number++) {
        Py_ssize_t size = is_key(spec->fields + number, at, end);
        if (size) {
            *place = at + size;
            return number;
        }
    }
    int escaped = 0;
    const char *last = string_end(at + 1, end, &escaped);
    if (last == NULL || !escaped) return -1;
    PyObject *name = text(self, place, end);
    PyObject *key = name == NULL ? NULL : PyUnicode_AsUTF8String(name);
    Py_ssize_t found = -1;
    for (Py_ssize_t number = 0; key != NULL && found < 0 && number < spec->count; number++) {
        Field *field = spec->fields + number;
        Py_ssize_t size = PyBytes_GET_SIZE(field->key) - 2;
        if (PyBytes_GET_SIZE(key) == size && memcmp(PyBytes_AS_STRING(field->key) + 1, PyBytes_AS_STRING(key), (size_t)size) == 0) {
            PyObject *written = PyBytes_FromStringAndSize(at, last - at + 1);
            if (written == NULL) break;
            Py_XSETREF(field->escaped, written);
            found = number;
        }
    }
    Py_XDECREF(name);
    Py_XDECREF(key);
    return found;
}

static PyObject *record(Reader *self, Spec *spec, const char **place, const char *end)
{
    uint64_t seen[MOST_KEYS / 64] = {0};
    Py_ssize_t count = 0;
    PyObject *made = spec->type->tp_alloc(spec->type, 0);
    if (made == NULL) return NULL;
    int *guess = &spec->first;
    const char *at = blanks(*place + 1);
    if (*at == '}') goto closed;
    for (;;) {
        if (*at != '"') goto odd;
        Py_ssize_t size = is_key(spec->fields + *guess, at, end);
        if (size) {
            at += size;
        } else {
            Py_ssize_t other = field_at(self, spec, &at, end);
            if (other < 0) goto odd;
            *guess = (int)other;
        }
        int number = *guess;
        Field *field = spec->fields + number;
        uint64_t bit = 1ULL << (number & 63);
        if (seen[number >> 6] & bit) goto odd;
        seen[number >> 6] |= bit;
        count++;
        guess = &field->next;
        at = blanks(at);
        if (*at != ':') goto odd;
        at = blanks(at + 1);
        PyObject *held = value(self, &field->node, &at, end);
        if (held == NULL) goto odd;
        if (field->node.kind == PLAIN || field->node.kind == ANY || field->node.kind == SKIP) {
            Py_DECREF(held);
            held = Py_NewRef(field->absent != NULL ? field->absent : Py_None);
        }
        *(PyObject **)((char *)made + field->offset) = held;
        at = blanks(at);
        if (*at == '}') break;
        if (*at != ',') goto odd;
        at = blanks(at + 1);
    }
closed:
    *place = at + 1;
    if (count < spec->count) {
        for (Py_ssize_t number = 0; number < spec->count; number++) {
            if (seen[number >> 6] & (1ULL << (number & 63))) continue;
            Field *field = spec->fields + number;
            if (field->absent == NULL) goto odd;
            *(PyObject **)((char *)made + field->offset) = Py_NewRef(field->absent);
        }
    }
    return made;
odd:
    Py_DECREF(made);
    return NULL;
}

/* Behind a value, wherever it ends. */
static PyObject *skipped(const char **place, const char *end)
{
    const char *at = *place;
    int escaped = 0;
    if (*at == '{' || *at == '[') {
        at = bracket_end(at, end);
    } else if (*at == '"') {
        at = string_end(at + 1, end, &escaped);
        at += at != NULL;
    } else {
        while (at < end && !ends_value(*at) && *at != '\n') at++;
    }
    if (at == NULL || at == *place) return NULL;
    *place = at;
    return Py_NewRef(Py_None);
}

static PyObject *value(Reader *self, const Node *node, const char **place, const char *end)
{
    char sign = **place;
    if (node->kind == SKIP) return skipped(place, end);
    if (node->kind == CELL) {
        if (sign == '{' || sign == '[') return cell(self, place, end, 0);
        return literal(place, end, "null", 4) ? PyBytes_FromStringAndSize("null", 4) : NULL;
    }
    if (sign == 'n') return literal(place, end, "null", 4) ? Py_NewRef(Py_None) : NULL;
    switch (node->kind) {
    case TEXT:
        return sign == '"' ? text(self, place, end) : NULL;
    case WHOLE:
        return sign == '"' ? text(self, place, end) : whole(place, end);
    case PLAIN:
        if (sign == 't') return literal(place, end, "true", 4) ? Py_NewRef(Py_None) : NULL;
        if (sign == 'f') return literal(place, end, "false", 5) ? Py_NewRef(Py_None) : NULL;
        return sign == '"' ? text(self, place, end) : whole(place, end);
    case ANY:
        if (sign == 't') return literal(place, end, "true", 4) ? Py_NewRef(Py_None) : NULL;
        if (sign == 'f') return literal(place, end, "false", 5) ? Py_NewRef(Py_None) : NULL;
        if (sign == '{' || sign == '[') return cell(self, place, end, 1);
        return sign == '"' ? text(self, place, end) : number(place, end);
    case CELLS:
        return sign == '[' ? list(self, NULL, place, end) : NULL;
    case LIST:
        return sign == '[' ? list(self, node->element, place, end) : NULL;
    case RECORD:
        return sign == '{' ? record(self, node->record, place, end) : NULL;
    default:
        return NULL;
    }
}

/* ---- the reader ---------------------------------------------------------------------------------------------------------- */

/* (records, marks, end): as many records as there are plain lines from `start` on, where their lines begin, as 64-bit numbers
   that `base` is added to, and where the first line begins that is not plain. A text that does not end with a line end has its
   last line left over. */
static PyObject *Reader_read(Reader *self, PyObject *args)
{
    Py_buffer block;
    Py_ssize_t start;
    unsigned long long base;
    if (!PyArg_ParseTuple(args, "y*nK", &block, &start, &base)) return NULL;
    PyObject *records = PyList_New(0), *marks = NULL, *result = NULL;
    uint64_t *starts = NULL;
    Py_ssize_t count = 0, room = 0;
    const char *text = block.buf, *end = text + block.len;
    if (records == NULL) goto done;
    if (start < 0 || start > block.len) start = block.len;
    const char *at = text + start;
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (line_end == NULL || *at != '{') break;
        /* No walk goes beyond the line end: no value, no blank and no string holds one. */
        const char *place = at;
        PyObject *made = record(self, self->spec, &place, line_end + 1);
        if (made != NULL && blanks(place) != line_end) Py_CLEAR(made);
        if (made == NULL) {
            if (!PyErr_Occurred()) break;
            if (PyErr_ExceptionMatches(PyExc_UnicodeError)) {
                PyErr_Clear();
                break;
            }
            goto done;
        }
        int failed = PyList_Append(records, made);
        Py_DECREF(made);
        if (failed) goto done;
        if (count == room) {
            room = room ? 2 * room : 256;
            uint64_t *more = PyMem_Resize(starts, uint64_t, room);
            if (more == NULL) {
                PyErr_NoMemory();
                goto done;
            }
            starts = more;
        }
        starts[count++] = base + (uint64_t)(at - text);
        at = line_end + 1;
    }
    marks = PyBytes_FromStringAndSize((const char *)starts, count * (Py_ssize_t)sizeof(uint64_t));
    if (marks != NULL) result = Py_BuildValue("OOn", records, marks, at - text);
done:
    Py_XDECREF(records);
    Py_XDECREF(marks);
    PyMem_Free(starts);
    PyBuffer_Release(&block);
    return result;
}

static void free_spec(Spec *spec);

static void free_node(Node *node)
{
    if (node->record != NULL) free_spec(node->record);
    if (node->element != NULL) {
        free_node(node->element);
        PyMem_Free(node->element);
    }
}

static void free_spec(Spec *spec)
{
    for (Py_ssize_t number = 0; number < spec->count; number++) {
        Py_XDECREF(spec->fields[number].key);
        Py_XDECREF(spec->fields[number].escaped);
        Py_XDECREF(spec->fields[number].absent);
        free_node(&spec->fields[number].node);
    }
    PyMem_Free(spec->fields);
    Py_XDECREF(spec->type);
    PyMem_Free(spec);
}

static Spec *make_spec(PyObject *given, int depth);

static int make_node(Node *node, PyObject *given, int depth)
{
    static const char *const names[] = {"text", "whole", "plain", "any", "skip", "cell", "cells", "record", "list"};
    const char *name;
    PyObject *inner = NULL;
    if (!PyArg_ParseTuple(given, "s|O", &name, &inner)) return 0;
    for (int kind = TEXT; kind <= LIST; kind++) {
        if (strcmp(name, names[kind]) != 0) continue;
        node->kind = (Kind)kind;
        if ((kind >= RECORD) != (inner != NULL)) break;
        if (kind == RECORD) return (node->record = make_spec(inner, depth + 1)) != NULL;
        if (kind == LIST) {
            node->element = PyMem_Calloc(1, sizeof(Node));
            if (node->element == NULL) return PyErr_NoMemory() != NULL;
            if (depth == MOST_DEPTH) break;
            return make_node(node->element, inner, depth + 1);
        }
        return 1;
    }
    PyErr_Format(PyExc_ValueError, "no kind of value: %R", given);
    return 0;
}

/* Where the slot of that name lies in instances of the type; -1 with an exception where there is none. */
static Py_ssize_t slot_of(PyTypeObject *type, PyObject *name)
{
    /* Only of types that were made by a program; what Python brings along may keep its slots elsewhere. */
    PyObject *found = PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) ? PyDict_GetItemWithError(type->tp_dict, name) : NULL;
    if (found != NULL && Py_IS_TYPE(found, &PyMemberDescr_Type)) {
        PyMemberDef *member = ((PyMemberDescrObject *)found)->d_member;
        if (member->type == T_OBJECT_EX && member->offset > 0 && member->offset + (Py_ssize_t)sizeof(PyObject *) <= type->tp_basicsize)
            return member->offset;
    }
    if (!PyErr_Occurred()) PyErr_Format(PyExc_TypeError, "%R has no slot %R", type, name);
    return -1;
}

static int make_field(Field *field, PyTypeObject *type, PyObject *given, int depth)
{
    PyObject *name, *node, *absent = NULL;
    if (!PyArg_ParseTuple(given, "SUO!|O", &field->key, &name, &PyTuple_Type, &node, &absent)) {
        field->key = NULL;
        return 0;
    }
    Py_INCREF(field->key);
    field->absent = Py_XNewRef(absent);
    field->offset = slot_of(type, name);
    return field->offset >= 0 && make_node(&field->node, node, depth);
}

static Spec *make_spec(PyObject *given, int depth)
{
    PyTypeObject *type;
    PyObject *fields;
    if (depth > MOST_DEPTH) {
        PyErr_SetString(PyExc_ValueError, "too deep");
        return NULL;
    }
    if (!PyArg_ParseTuple(given, "O!O!", &PyType_Type, &type, &PyTuple_Type, &fields)) return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(fields);
    if (count < 1 || count > MOST_KEYS) {
        PyErr_SetString(PyExc_ValueError, "too many keys, or none");
        return NULL;
    }
    Spec *spec = PyMem_Calloc(1, sizeof(Spec));
    if (spec == NULL || (spec->fields = PyMem_Calloc((size_t)count, sizeof(Field))) == NULL) {
        PyMem_Free(spec);
        PyErr_NoMemory();
        return NULL;
    }
    spec->count = count;
    spec->type = (PyTypeObject *)Py_NewRef(type);
    for (Py_ssize_t number = 0; number < count; number++) {
        Field *field = spec->fields + number;
        field->next = (int)((number + 1) % count);
        if (!make_field(field, type, PyTuple_GET_ITEM(fields, number), depth)) {
            free_spec(spec);
            return NULL;
        }
    }
    return spec;
}

static PyObject *Reader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *spec, *unescape, *sound;
    unsigned long long seed;
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0) {
        PyErr_SetString(PyExc_TypeError, "a reader takes no names");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!OOK", &PyTuple_Type, &spec, &unescape, &sound, &seed)) return NULL;
    Reader *self = (Reader *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    self->unescape = Py_NewRef(unescape);
    self->sound = Py_NewRef(sound);
    self->seed = seed;
    self->kept = PyMem_Calloc(PLACES, sizeof(Kept));
    self->spec = self->kept == NULL ? NULL : make_spec(spec, 0);
    if (self->spec == NULL) {
        if (!PyErr_Occurred()) PyErr_NoMemory();
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void Reader_dealloc(Reader *self)
{
    PyTypeObject *type = Py_TYPE(self);
    if (self->kept != NULL) forget(self);
    PyMem_Free(self->kept);
    if (self->spec != NULL) free_spec(self->spec);
    Py_XDECREF(self->unescape);
    Py_XDECREF(self->sound);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyMethodDef Reader_methods[] = {
    {"read", (PyCFunction)Reader_read, METH_VARARGS, "read(block, start, base) -> (records, marks, end)"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot Reader_slots[] = {
    {Py_tp_doc, "Reads lines of JSON that are written as it was told."},
    {Py_tp_new, Reader_new},
    {Py_tp_dealloc, Reader_dealloc},
    {Py_tp_methods, Reader_methods},
    {0, NULL},
};

static PyType_Spec Reader_spec = {
    .name = "guiju.Reader",
    .basicsize = sizeof(Reader),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = Reader_slots,
};

static int module_exec(PyObject *module)
{
    PyObject *type = PyType_FromModuleAndSpec(module, &Reader_spec, NULL);
    if (type == NULL) return -1;
    int failed = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return failed ? failed : PyModule_AddIntConstant(module, "FORM", FORM);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, module_exec}, {0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "_typed_lines", .m_size = 0, .m_slots = module_slots};

PyMODINIT_FUNC PyInit__typed_lines(void) { return PyModuleDef_Init(&module); }
