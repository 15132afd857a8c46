/*
 * One operation on its way from a person's computer to the help desk: the rules of desktop/sync as a model for Spin.
 *
 * Here are: what is durable about the operation; the process that runs the engine (engine.py, pushing.py, settle.py,
 * restored.py) and a second one on the same home; the person; the help desk; what the network and the weather may do;
 * and a clock. The two bounds of a help desk, `request_life` and `read_lag`, are one tick each, and the engine waits
 * for their sum. Left out are the bytes, the backoff, and other operations, on which this one's fate does not depend.
 *
 * The help desk is of one kind: NATIVE_KEY, SINGLE_USE_URL, SEARCH_BY_ID or CANNOT_ASK. Each trouble (a crash, a loss,
 * a time-out, a second delivery, an older copy) costs one of FAULTS: trouble ends, and the claims say what has come
 * of it.
 *
 * Every other name takes a guard away, for Spin to find what it guarded against:
 *   SENDS_FIRST     the request leaves before `sent` is durable
 *   TIMEOUT_FAILS   "not answered" is read as "not delivered"
 *   FORGETS_SENT    a new process leaves alone what an earlier one had sent; RESENDS_SENT: it sends that again
 *   NO_LOCK         both processes run the engine
 *   GRACE=1         an unknown operation is searched for while its request may still commit unseen
 *   TRUSTS_HOME     what is queued when a process starts is sent without a search
 *   QUEUES_UNKNOWN  what is asked about by sending it again waits for that as `queued`, which may be taken back
 *   FORGETS_UNKNOWN when not a byte of that has left, it is `queued`, as if it had never been sent
 *   SKIPS_UNKNOWN   when the help desk has skipped it, or lacks its file, it is `queued` too
 *   QUICK_RESTORE   an older copy of the home is in use while a request from the newer is on its way
 *   DELIVERS_TWICE  something between us and a server that cannot know it delivers a request twice
 *   ENDLESS_LIFE    a request that we gave up on may commit at any time
 * and two give one: AUDIT looks for two tickets of one id with all news; AUDIT_ONCE looks once, when it has waited.
 */
#ifndef FAULTS
#define FAULTS 2
#endif
#ifndef PROCESSES
#define PROCESSES 2             /* on this home */
#endif
#ifndef GRACE
#define GRACE 2
#endif
#if defined(SEARCH_BY_ID) || defined(CANNOT_ASK)
#define ASKS true               /* of what is unknown; elsewhere sending it again is the question */
#elif defined(SINGLE_USE_URL)
#define ASKS no_url
#else
#define ASKS false
#endif
#if defined(NATIVE_KEY) || defined(TRUSTS_HOME)
#define NOT_OURS_YET false
#else
#define NOT_OURS_YET (state == queued)  /* this home may be a copy of one that has sent it since */
#endif
#define NOBODY 2

/* ---- on this computer, durable; changed in transactions, which are the d_steps below ----------------------------- */

mtype:state = { none, queued, sent, unknown, done, rejected, replaced, cancelled };
mtype:state state = none;
bool known_epoch;               /* the server's epoch as last told */
mtype:state copy = none;        /* an older copy of all this */
bool copied_epoch, older;
bool no_url;                    /* single-use URL: there is none to post to again */

/* TRANSITIONS of desktop/tickets/outbox.py: a test compares them. */
#define FROM_queued(to)    (to == sent || to == replaced || to == cancelled)
#define FROM_sent(to)      (to == queued || to == done || to == rejected || to == unknown)
#define FROM_unknown(to)   (to == queued || to == done || to == rejected)
#define FROM_done(to)      (to == unknown)
#define FROM_rejected(to)  (to == replaced || to == cancelled)
#define FROM_replaced(to)  (false)
#define FROM_cancelled(to) (false)

#define STEP(from, to)     assert(state == from && FROM_##from(to)); state = to
#define TAKEN_BACK         (state == cancelled || state == replaced)

/* ---- the help desk, and what is on its way ----------------------------------------------------------------------- */

byte tickets;                   /* that carry our id */
byte unseen;                    /* of these, not found by a search yet */
bool acceptable;                /* whether the help desk takes such an operation at all */
bool epoch;                     /* another one after a restore of the server */
bool url_spent;                 /* single-use URL: used, or expired */
bool told;                      /* the person has read that there were two */

mtype:answer = { nothing, travelling, lost, applied, refused, skipped, spent };
mtype:answer answer[2];         /* to the request that a process waits for */
bool answer_epoch[2];
byte late;                      /* requests that nobody waits for, and that may still commit */
bool again[2];                  /* it was unknown before, and sent once more to ask */
byte waited[2];                 /* ticks since a process first saw `unknown` */
byte engine = NOBODY;           /* holds engine.lock */
byte faults = FAULTS;

inline deliver(reply) {
    if
    :: !acceptable -> reply = refused
#if defined(NATIVE_KEY)
    :: acceptable && tickets > 0 -> reply = applied         /* `duplicate`, with what was done the first time */
    :: acceptable && tickets == 0 -> tickets++; reply = applied
#elif defined(SINGLE_USE_URL)
    :: acceptable && url_spent -> reply = spent
    :: acceptable && !url_spent -> url_spent = true; tickets++; unseen++; reply = applied
#else
    :: acceptable -> tickets++; unseen++; reply = applied
#endif
    fi
}

/* ---- the engine -------------------------------------------------------------------------------------------------- */

#define me _pid                 /* the engines are declared first */

#define CRASH \
    :: d_step { faults > 0; faults--; late = late + (answer[me] == travelling); answer[me] = nothing; waited[me] = 0; \
                engine = (engine == me -> NOBODY : engine); \
                not_ours_yet = false; asks = false; again[me] = false; found = false }; \
       goto down

#define NEWS_OF(heard) \
    if :: known_epoch != heard -> known_epoch = heard; \
          if :: state == done -> STEP(done, unknown); waited[me] = 0 :: else fi \
       :: else fi

#if defined(NO_LOCK) || defined(SENDS_FIRST)
#define SETTLE(to)  if :: state == sent -> STEP(sent, to) :: else fi
#else
#define SETTLE(to)  STEP(sent, to)
#endif
#if defined(TIMEOUT_FAILS)
#define GIVE_UP     SETTLE(queued)
#else
#define GIVE_UP     SETTLE(unknown); waited[me] = 0
#endif
#if defined(FORGETS_UNKNOWN)
#define NOT_A_BYTE_LEFT  STEP(sent, queued)
#else
#define NOT_A_BYTE_LEFT  if :: again[me] -> STEP(sent, unknown) :: else -> STEP(sent, queued) fi
#endif
#if defined(SKIPS_UNKNOWN) || defined(NO_LOCK) || defined(SENDS_FIRST)
#define SKIPPED  SETTLE(queued)
#else
#define SKIPPED  NOT_A_BYTE_LEFT
#endif
#define OVER        again[me] = false; answer[me] = nothing; answer_epoch[me] = false

active [PROCESSES] proctype Engine() {
    bool not_ours_yet, asks, found;
    mtype:answer reply;
down:
    atomic {
        state != none;
#if !defined(NO_LOCK)
        engine == NOBODY;
#endif
        engine = me;
        asks = ASKS;
        waited[me] = 0;
        if
#if defined(RESENDS_SENT)
        :: state == sent -> STEP(sent, queued)
#elif !defined(FORGETS_SENT)
        :: state == sent -> STEP(sent, unknown)
#endif
        :: else
        fi;
        not_ours_yet = NOT_OURS_YET
    }
idle:
    if
    CRASH
    :: d_step { known_epoch != epoch; NEWS_OF(epoch) }; goto idle
#if defined(QUEUES_UNKNOWN)
    :: d_step { state == unknown && !asks; STEP(unknown, queued) }; goto idle
#endif
    :: state == unknown && asks && waited[me] == GRACE -> goto search
    :: state == queued && not_ours_yet -> goto search
#if defined(SENDS_FIRST)
    :: d_step { state == queued && !not_ours_yet; answer[me] = travelling }
    fi;
    if
    CRASH
    :: d_step { state == queued; STEP(queued, sent) }
    :: state != queued -> skip
    fi;
#else
    :: d_step { state == queued && !not_ours_yet; STEP(queued, sent); no_url = false; asks = ASKS }
    :: d_step { state == unknown && !asks; STEP(unknown, queued); STEP(queued, sent); again[me] = true }
    fi;
    if
    CRASH
    :: d_step { faults > 0; faults--; NOT_A_BYTE_LEFT; OVER }; goto idle
    :: answer[me] = travelling
    fi;
#endif
wait:
    if
    CRASH
    :: d_step { answer[me] == travelling;
                deliver(reply); answer[me] = reply; reply = nothing; answer_epoch[me] = epoch }; goto wait
    :: d_step { answer[me] == applied; NEWS_OF(answer_epoch[me]); SETTLE(done); OVER }
    :: d_step { answer[me] == refused; NEWS_OF(answer_epoch[me]); SETTLE(rejected); OVER }
    :: d_step { answer[me] == skipped; NEWS_OF(answer_epoch[me]); SKIPPED; OVER }
    :: d_step { answer[me] == spent; no_url = true; asks = ASKS; GIVE_UP; OVER }
    :: d_step { answer[me] == lost; GIVE_UP; OVER }
    :: d_step { faults > 0; faults--; late = late + (answer[me] == travelling); GIVE_UP; OVER }
    fi;
    goto idle;
search:
    found = (tickets > unseen);
    if
    CRASH
#if defined(CANNOT_ASK)
    :: d_step { state == unknown; STEP(unknown, rejected) }                    /* kept; the person looks there first */
#else
    :: d_step { state == unknown && found; STEP(unknown, done) }
    :: d_step { state == unknown && !found; STEP(unknown, queued)
#if defined(SINGLE_USE_URL)
                ; url_spent = false; late = 0                                  /* another URL: the old one is dead */
#endif
              }
    :: d_step { state == queued && found; STEP(queued, sent); STEP(sent, done); no_url = true; asks = ASKS }
#endif
    :: state != unknown && !(state == queued && found) -> skip                 /* not there, or taken back meanwhile */
    fi;
    not_ours_yet = false;
    found = false;
    goto idle
}

/* ---- everybody else ---------------------------------------------------------------------------------------------- */

active proctype Person() {
    if :: acceptable = true :: acceptable = false fi;
    state = queued;                                         /* saved; only now does a window say so */
    if
    :: d_step { state == queued; STEP(queued, cancelled) }
    :: d_step { state == queued; STEP(queued, replaced) }
    :: d_step { state == rejected; STEP(rejected, cancelled) }
    :: d_step { state == rejected; STEP(rejected, replaced) }
    :: true
    fi
}

#if defined(DELIVERS_TWICE) || defined(NATIVE_KEY) || defined(SINGLE_USE_URL)
#define TWICE true              /* something between us delivers it twice, the second time whenever it likes */
#else
#define TWICE false
#endif
#define TROUBLE_WITH(who) \
    :: d_step { faults > 0 && answer[who] == travelling; faults--; answer[who] = lost } \
    :: d_step { faults > 0 && answer[who] == travelling && TWICE; faults--; late++ } \
    :: d_step { faults > 0 && answer[who] == travelling && tickets == 0 && (late == 0 || again[who]); \
                faults--; answer[who] = skipped; answer_epoch[who] = epoch }

#if defined(NATIVE_KEY) || defined(QUICK_RESTORE)
#define RESTORE_TOOK_LONG true
#else
#define RESTORE_TOOK_LONG (late == 0 && unseen == 0)
#endif

active proctype Weather() {                                 /* what may happen, and need not */
    mtype:answer reply;
    do
    TROUBLE_WITH(0)
    TROUBLE_WITH(1)
    :: d_step { late > 0; late--; deliver(reply); reply = nothing }                         /* a zombie */
    :: d_step { late > 0; late-- }
    :: d_step { unseen > 0; unseen = 0 }
#if !defined(CANNOT_ASK)
    :: d_step { faults > 0 && !epoch; faults--; epoch = true; tickets = 0; unseen = 0;      /* server restored */
                url_spent = false }                                                         /* and that is forgotten */
#endif
#if defined(SINGLE_USE_URL)
    :: d_step { faults > 0 && !url_spent; faults--; url_spent = true }                      /* it expires, unused */
#endif
#if !defined(CANNOT_ASK)                                    /* where nobody can ask, an older copy is sent again */
    :: d_step { faults > 0 && state != none && !older;
                copy = state; copied_epoch = known_epoch; older = true }
    :: d_step {
        faults > 0 && copy != none && engine == NOBODY && RESTORE_TOOK_LONG;
        faults--;
#if defined(SINGLE_USE_URL)
        url_spent = url_spent && copy != queued;            /* it will be given another one */
#endif
        state = copy; known_epoch = copied_epoch; copy = none
       }
#endif
    od
}

active proctype Clock() {                                   /* always ticks, so that a standstill is a cycle to Spin */
    mtype:answer reply;
    do
#if defined(NATIVE_KEY)
    :: true -> skip                                         /* a key needs no bounds */
#else
    :: atomic {
        unseen = 0;                                         /* `read_lag` is over for these */
#if !defined(ENDLESS_LIFE)
        do                                                  /* and `request_life` for those */
        :: late > 0 -> late--; if :: deliver(reply) :: skip fi
        :: else -> break
        od;
        reply = nothing;
#endif
        waited[0] = waited[0] + (state == unknown && waited[0] < GRACE);
        waited[1] = waited[1] + (state == unknown && waited[1] < GRACE)
       }
#endif
    od
}

#if defined(AUDIT)
active proctype Audit() {                                   /* the later is merged into the first */
    do :: d_step { tickets - unseen > 1; tickets--; told = true } od
}
#elif defined(AUDIT_ONCE)
active proctype Audit() {
    state == done;
    do
    :: d_step { tickets - unseen > 1; tickets--; told = true }
    :: else -> break
    od
}
#endif

/* ---- what is claimed --------------------------------------------------------------------------------------------- */

#define RESTORED (older && copy == none)
#if defined(CANNOT_ASK)
#define REFUSED  (state == rejected)
#else
#define REFUSED  (state == rejected && !acceptable)
#endif

ltl never_two { [] (tickets <= 1) }
/* Nothing is said to be done, or taken back, that is not. A restored server may lack it until we hear of that. */
ltl truthful  { [] ((state == done -> (tickets > 0 || known_epoch != epoch)) && \
                    (TAKEN_BACK -> (tickets == 0 || RESTORED))) }
/* What was saved is there once and known to be, or refused, or taken back; nothing waits for ever. */
ltl arrives   { <>[] ((state == done && tickets == 1 && known_epoch == epoch) || REFUSED || TAKEN_BACK) }
/* Of two that are there the person hears, unless a restore of the server has taken them away before. */
ltl confessed { [] ((tickets > 1) -> <> (told || tickets <= 1)) }
