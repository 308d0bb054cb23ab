/** One branch of a parallel group: with probability `absent` it does not run; given that it runs, it answers or fails. */
export interface BranchChance {
  readonly absent: number;
  readonly answered: number;
  readonly failed: number;
}

export interface GroupChance {
  readonly answered: number;
  readonly failed: number;
}

/**
 * Probability that a parallel group gets the answers that it needs, and that it can no longer get them. `needed` counts
 * answers among the branches that run (never more than those); null needs all of them. A branch may do neither (a backlog).
 */
export function groupAnswer(branches: readonly BranchChance[], needed: number | null): GroupChance {
  if (needed === null) {
    let answered = 1;
    let unfailed = 1;
    for (const { absent, answered: success, failed } of branches) {
      answered *= absent + (1 - absent) * success;
      unfailed *= 1 - (1 - absent) * failed;
    }
    return { answered, failed: 1 - unfailed };
  }
  // chance[ran][answered][failed], flattened: branches are independent, one is added at a time.
  const size = branches.length + 1;
  let chance = new Float64Array(size ** 3);
  chance[0] = 1;
  for (const { absent, answered, failed } of branches) {
    const next = new Float64Array(size ** 3);
    const runs = 1 - absent;
    for (let index = 0; index < chance.length; index++) {
      const before = chance[index] ?? 0;
      if (before === 0) continue;
      const add = (to: number, share: number): void => {
        if (share > 0) next[to] = (next[to] ?? 0) + before * share;
      };
      const ran = index + size * size;
      add(index, absent);
      add(ran + size, runs * answered);
      add(ran + 1, runs * failed);
      add(ran, runs * Math.max(0, 1 - answered - failed));
    }
    chance = next;
  }
  let enough = 0;
  let hopeless = 0;
  for (let index = 0; index < chance.length; index++) {
    const ran = Math.floor(index / (size * size));
    const answered = Math.floor(index / size) % size;
    const failed = index % size;
    const target = Math.min(needed, ran);
    if (answered >= target) enough += chance[index] ?? 0;
    else if (failed > ran - target) hopeless += chance[index] ?? 0;
  }
  return { answered: enough, failed: hopeless };
}
