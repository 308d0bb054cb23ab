/** First and largest step of the search, in the logarithm of the admitted share. */
const LARGEST_STEP = 1;
const SMALLEST_STEP = 1e-12;
/** Below this share of the arrivals nothing gets through. */
const SMALLEST_SHARE = 1e-9;
/** The admitted share may differ from what the held station then completes by this much. */
const TOLERANCE = 1e-8;

/**
 * Finds the share of arrivals that a station can take whose servers are kept during calls. The more it takes, the longer
 * its callees make it hold, so the share x solves x = completed(E[H(x)]) with a right side that falls, without bound near
 * a callee's capacity. The search steps towards the right side, halves its step when the direction turns, and lengthens it
 * when it does not; other stations may move at the same time.
 *
 * Where held servers wait for each other in a circle there may be no such share: just below some share the station would
 * complete all, just above it nothing. The search then ends at that edge, on the upper side.
 */
export class HeldAdmission {
  share = 1;
  private step = LARGEST_STEP;
  private direction = 0;
  /** What is left between the share and what would be completed; 1 while the holding time is endless. */
  gap = 0;
  /** True when the search ended at an edge. */
  atEdge = false;

  /** Takes what the station would complete of its arrivals at the present share (0 when it is held endlessly). */
  improve(completed: number): number {
    if (this.atEdge) return this.share;
    this.gap = completed > 0 ? Math.abs(completed - this.share) : 1;
    if (this.gap <= TOLERANCE) this.gap = 0;
    const wanted = completed > 0 ? Math.log(completed / this.share) : -LARGEST_STEP;
    const direction = Math.sign(wanted);
    if (this.direction !== 0 && direction !== 0 && direction !== this.direction) this.step /= 2;
    else if (Math.abs(wanted) > this.step) this.step = Math.min(LARGEST_STEP, this.step * 1.3);
    if (completed === 0 && (this.step < SMALLEST_STEP || this.share < SMALLEST_SHARE)) {
      this.atEdge = true;
      this.gap = 0;
      return this.share;
    }
    if (direction !== 0) this.direction = direction;
    this.share = Math.min(1, this.share * Math.exp(Math.max(-this.step, Math.min(this.step, wanted))));
    return this.share;
  }
}
