/**
 * The known name that takes the fewest edits to reach from what was typed (Levenshtein 1966), case ignored; null when even
 * the nearest one differs in more than a third of its letters, or more than the shorter name allows.
 */
export function nearestName(typed: string, known: Iterable<string>): string | null {
  const wanted = typed.toLowerCase().slice(0, 64);
  let nearest: string | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const name of known) {
    const candidate = name.toLowerCase();
    const edits = candidate.startsWith(wanted) && wanted.length >= 3 ? 1 : editDistance(wanted, candidate);
    if (edits < fewest && edits <= Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3))) {
      nearest = name;
      fewest = edits;
    }
  }
  return nearest;
}

function editDistance(first: string, second: string): number {
  let previous = Array.from({ length: second.length + 1 }, (_, place) => place);
  for (let row = 1; row <= first.length; row++) {
    const current = [row];
    for (let column = 1; column <= second.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (first[row - 1] === second[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[second.length] ?? first.length;
}
