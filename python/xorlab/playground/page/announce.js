// Spoken updates, which must not chatter: at most one sentence in `wait` milliseconds, and of
// several that came meanwhile the last.

export function makeAnnouncer(say, { wait = 5000, now = Date.now, later = setTimeout } = {}) {
  let last = -Infinity,
    next = null,
    planned = false;
  function speak() {
    planned = false;
    if (next === null) return;
    last = now();
    say(next);
    next = null;
  }
  return text => {
    if (!text) return;
    next = text;
    const left = last + wait - now();
    if (left <= 0) speak();
    else if (!planned) {
      planned = true;
      later(speak, left);
    }
  };
}
