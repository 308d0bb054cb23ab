/** Handles are generation · 2²⁴ + slot, below 2⁵³: at most 2²⁴ events wait at once. */
const SLOT_BITS = 24;
const MOST_SLOTS = 2 ** SLOT_BITS;
const LAST_GENERATION = 2 ** (53 - SLOT_BITS) - 1;
const FIRST_CAPACITY = 64;

/**
 * The future-event list of a discrete-event simulation: a binary heap (J. W. J. Williams, "Algorithm 232: Heapsort", CACM 7,
 * 1964) on typed arrays, the earliest time first and equal times in the order of their scheduling. Scheduling, taking and
 * cancelling take O(log n); an event is no object, and a cancelled one leaves at once, so that memory follows the largest
 * number of events that waited together.
 *
 * `next` moves the earliest event into the fields `time`, `code`, `first` and `second`, where it stays until the next call.
 */
export class EventQueue {
  /** Time of the event taken last, in the unit of the caller; 0 before the first. Nothing can be scheduled before it. */
  time = 0;
  /** What kind of event was taken last; −1 before the first. */
  code = -1;
  /** Payload of the event taken last. */
  first = 0;
  second = 0;

  private count = 0;
  private scheduled = 0;
  private freeSlot = -1;
  private usedSlots = 0;

  // By place in the heap. Sequence numbers are doubles: 32 bits would be spent within minutes of a long run.
  private times: Float64Array<ArrayBuffer>;
  private sequences: Float64Array<ArrayBuffer>;
  private slots: Int32Array<ArrayBuffer>;

  // By slot, which an event keeps from scheduling to the end. The place of a free slot is −2 − the next free slot.
  private codes: Int32Array<ArrayBuffer>;
  private firsts: Int32Array<ArrayBuffer>;
  private seconds: Int32Array<ArrayBuffer>;
  private generations: Int32Array<ArrayBuffer>;
  private places: Int32Array<ArrayBuffer>;

  /** @param capacity events for which there is room before the arrays grow, 1 or more */
  constructor(capacity: number = FIRST_CAPACITY) {
    this.times = new Float64Array(capacity);
    this.sequences = new Float64Array(capacity);
    this.slots = new Int32Array(capacity);
    this.codes = new Int32Array(capacity);
    this.firsts = new Int32Array(capacity);
    this.seconds = new Int32Array(capacity);
    this.generations = new Int32Array(capacity);
    this.places = new Int32Array(capacity);
  }

  /** Events that wait. */
  get size(): number {
    return this.count;
  }

  /** Time of the earliest event that waits; Infinity when there is none. */
  get nextTime(): number {
    return this.count === 0 ? Number.POSITIVE_INFINITY : (this.times[0] ?? 0);
  }

  /**
   * Adds an event.
   *
   * @param time finite and not before `time` of the event taken last; throws a RangeError otherwise
   * @param code what kind of event, a whole number of 32 bits
   * @param first payload, a whole number of 32 bits
   * @param second payload, a whole number of 32 bits
   * @returns a handle by which it can be cancelled
   */
  schedule(time: number, code: number, first: number, second: number): number {
    if (!(time >= this.time && time < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`EventQueue: an event at ${time} cannot follow one at ${this.time}`);
    }
    const slot = this.takeSlot();
    this.codes[slot] = code;
    this.firsts[slot] = first;
    this.seconds[slot] = second;
    this.rise(this.count++, time, this.scheduled++, slot);
    return (this.generations[slot] ?? 0) * MOST_SLOTS + slot;
  }

  /** Takes the earliest event; false when none waits, and then the fields keep the last one. */
  next(): boolean {
    if (this.count === 0) return false;
    const slot = this.slots[0] ?? 0;
    this.time = this.times[0] ?? 0;
    this.code = this.codes[slot] ?? 0;
    this.first = this.firsts[slot] ?? 0;
    this.second = this.seconds[slot] ?? 0;
    this.leaveSlot(slot);
    this.closeGap(0);
    return true;
  }

  /**
   * Takes an event off that still waits.
   *
   * @returns false when it was taken or cancelled before. A handle is mistaken for a later one only after its slot was used
   * a multiple of 2²⁹ times since.
   */
  cancel(handle: number): boolean {
    const slot = handle % MOST_SLOTS;
    const place = this.places[slot] ?? -1;
    if (slot >= this.usedSlots || place < 0 || this.generations[slot] !== (handle - slot) / MOST_SLOTS) return false;
    this.leaveSlot(slot);
    this.closeGap(place);
    return true;
  }

  private takeSlot(): number {
    const free = this.freeSlot;
    if (free >= 0) {
      this.freeSlot = -2 - (this.places[free] ?? 0);
      return free;
    }
    if (this.usedSlots === this.times.length) this.grow();
    return this.usedSlots++;
  }

  private leaveSlot(slot: number): void {
    this.generations[slot] = ((this.generations[slot] ?? 0) + 1) & LAST_GENERATION;
    this.places[slot] = -2 - this.freeSlot;
    this.freeSlot = slot;
  }

  /** Fills the gap at a place with the last event of the heap. */
  private closeGap(gap: number): void {
    const last = --this.count;
    if (gap === last) return;
    const { times, sequences, slots, places } = this;
    const time = times[last] ?? 0;
    const sequence = sequences[last] ?? 0;
    const slot = slots[last] ?? 0;
    // The last event almost always belongs near the leaves again: the gap goes all the way down, and the event rises from
    // there (Wegener 1993, bottom-up heapsort), which saves a comparison on each level.
    let hole = gap;
    for (let child = 2 * hole + 1; child < last; child = 2 * hole + 1) {
      const right = child + 1;
      if (right < last) {
        const difference = (times[right] ?? 0) - (times[child] ?? 0);
        if (difference < 0 || (difference === 0 && (sequences[right] ?? 0) < (sequences[child] ?? 0))) child = right;
      }
      const moved = slots[child] ?? 0;
      times[hole] = times[child] ?? 0;
      sequences[hole] = sequences[child] ?? 0;
      slots[hole] = moved;
      places[moved] = hole;
      hole = child;
    }
    this.rise(hole, time, sequence, slot);
  }

  /** Puts an event into the hole at a place of the heap, or above it where it is earlier than what stands there. */
  private rise(place: number, time: number, sequence: number, slot: number): void {
    const { times, sequences, slots, places } = this;
    let hole = place;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[parent] ?? 0;
      if (parentTime < time || (parentTime === time && (sequences[parent] ?? 0) < sequence)) break;
      const moved = slots[parent] ?? 0;
      times[hole] = parentTime;
      sequences[hole] = sequences[parent] ?? 0;
      slots[hole] = moved;
      places[moved] = hole;
      hole = parent;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    slots[hole] = slot;
    places[slot] = hole;
  }

  private grow(): void {
    const capacity = Math.min(MOST_SLOTS, 2 * this.times.length);
    if (capacity === this.times.length) throw new RangeError(`EventQueue: more than ${MOST_SLOTS} events wait`);
    const doubles = (old: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(capacity);
      grown.set(old);
      return grown;
    };
    const words = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(capacity);
      grown.set(old);
      return grown;
    };
    this.times = doubles(this.times);
    this.sequences = doubles(this.sequences);
    this.slots = words(this.slots);
    this.codes = words(this.codes);
    this.firsts = words(this.firsts);
    this.seconds = words(this.seconds);
    this.generations = words(this.generations);
    this.places = words(this.places);
  }
}
