import { lawOf } from "../latency/pieces.ts";
import { sequence } from "../latency/sequence.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import { blend } from "./outcome.ts";

/** One way through a program: the nodes that it visits, in order, its share of the answers, and its law when asked. */
export interface Variant {
  readonly share: number;
  readonly nodes: readonly number[];
  readonly law: () => LatencyLaw | null;
  /** Many ways in one: all that are not listed by themselves. Its nodes are those that they all start with. */
  readonly isRest: boolean;
}

/** Runs `make` at the first call. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Where not all ways can be listed, one that is rarer than this is not. */
const RAREST = 1e-6;
/** The rest is a mixture of many laws; it keeps this many exact shifts, which bounds what its sums cost. */
const SHIFTS_OF_REST = 8;

/**
 * Shares scaled to add up to 1, equal node lists put together, the most frequent first. Of more than `most` the first
 * `most` − 1 are kept and all others are one variant at the end. The best of a product are products of the best, so that
 * keeping the best of every part finds the best of the whole.
 */
export function tidy(variants: readonly Variant[], most: number): readonly Variant[] {
  const [only] = variants;
  if (only !== undefined && variants.length === 1 && only.share > 0)
    return only.share === 1 ? variants : [{ ...only, share: 1 }];
  const groups = new Map<string, Variant[]>();
  const rest: Variant[] = [];
  let total = 0;
  for (const variant of variants) {
    if (!(variant.share > 0)) continue;
    total += variant.share;
    if (variant.isRest) {
      rest.push(variant);
      continue;
    }
    const key = keyOf(variant.nodes);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [variant]);
    else group.push(variant);
  }
  const merged = [...groups.values()].map((group) => putTogether(group, group[0]?.nodes ?? []));
  merged.sort((a, b) => b.share - a.share);
  const kept = merged.length > most || rest.length > 0 ? withRest(merged, rest, most, total) : merged;
  return total === 1 ? kept : kept.map((variant) => ({ ...variant, share: variant.share / total }));
}

function withRest(
  merged: readonly Variant[],
  rest: readonly Variant[],
  most: number,
  total: number,
): readonly Variant[] {
  const frequent = merged.slice(0, most - 1).filter(({ share }) => share >= RAREST * total);
  return [...frequent, foldRest([...merged.slice(frequent.length), ...rest])];
}

/** Two hashes and the length: equal for equal lists, and for no others that anyone meets. */
function keyOf(nodes: readonly number[]): string {
  if (nodes.length < 8) return nodes.join(",");
  let first = 0;
  let second = 0x9e3779b9;
  for (const node of nodes) {
    first = Math.imul(first ^ (node + 1), 0x01000193);
    second = Math.imul(second ^ (node + 1), 0x85ebca6b);
    second ^= second >>> 13;
  }
  return `${first} ${second} ${nodes.length}`;
}

function foldRest(rest: readonly Variant[]): Variant {
  const [first] = rest;
  let common = first?.nodes.length ?? 0;
  for (const { nodes } of rest) {
    let same = 0;
    while (same < common && nodes[same] === first?.nodes[same]) same++;
    common = same;
  }
  const [only] = rest;
  if (only !== undefined && rest.length === 1) return { ...only, isRest: true };
  const together = putTogether(rest, first?.nodes.slice(0, common) ?? []);
  const law = once(() => {
    const whole = together.law();
    if (whole === null || whole.pieces.length <= SHIFTS_OF_REST) return whole;
    return lawOf(
      whole.pieces.map((piece) => ({ weight: 1, piece })),
      SHIFTS_OF_REST,
    );
  });
  return { ...together, law, isRest: true };
}

function putTogether(group: readonly Variant[], nodes: readonly number[]): Variant {
  const [only] = group;
  if (only !== undefined && group.length === 1) return { ...only, nodes };
  return {
    share: group.reduce((sum, { share }) => sum + share, 0),
    nodes,
    law: once(() => {
      const parts = group.map(({ share, law }) => ({ weight: share, law: law() }));
      return parts.some(({ law }) => law === null) ? null : blend(parts);
    }),
    isRest: false,
  };
}

/** One after another. What comes after a rest is a part of that rest. */
export function chain(path: readonly Variant[]): Variant {
  const [only] = path;
  if (only !== undefined && path.length === 1) return only;
  const rest = path.findIndex(({ isRest }) => isRest);
  return {
    share: path.reduce((product, { share }) => product * share, 1),
    nodes: (rest < 0 ? path : path.slice(0, rest + 1)).flatMap(({ nodes }) => nodes),
    law: once(() => {
      const laws: LatencyLaw[] = [];
      for (const { law } of path) {
        const value = law();
        if (value === null) return null;
        laws.push(value);
      }
      return sequence(laws);
    }),
    isRest: rest >= 0,
  };
}

export function weighted(variants: readonly Variant[], weight: number): readonly Variant[] {
  return variants.map((variant) => ({ ...variant, share: variant.share * weight }));
}
