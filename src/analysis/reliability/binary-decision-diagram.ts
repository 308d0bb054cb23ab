import type { StructureFunction } from "../model/reliability.ts";
import { partsBeforeWholes } from "./structure-order.ts";

const falseNode = 0;
const trueNode = 1;

/**
 * Reduced ordered binary decision diagram of structure functions over numbered components (Bryant 1986; for reliability Rauzy
 * 1993). Probability is exact for independent components and linear in the size of the diagram. Components are ordered as
 * first seen in the function, which keeps series–parallel systems linear.
 */
export class BinaryDecisionDiagram {
  private readonly variables: number[] = [-1, -1];
  private readonly lows: number[] = [falseNode, trueNode];
  private readonly highs: number[] = [falseNode, trueNode];
  /** By variable, then by the pair of nodes that a node leads to. */
  private readonly unique: Map<number, number>[] = [];
  private readonly combined = { and: new Map<number, number>(), or: new Map<number, number>() };
  private readonly rankOf = new Map<number, number>();
  private readonly componentOf: number[] = [];
  private readonly built = new Map<StructureFunction, number>();

  /** The diagram's node for a structure function. Shared sub-functions (same object) are built once. */
  build(structure: StructureFunction): number {
    for (const part of partsBeforeWholes(structure)) {
      if (!this.built.has(part)) this.built.set(part, this.construct(part));
    }
    return this.nodeOf(structure);
  }

  /** P(structure is true); `availability[component]` in [0, 1]. */
  probability(root: number, availability: readonly number[]): number {
    const needed = this.reachableFrom(root);
    const probabilities = new Float64Array(root + 1);
    probabilities[trueNode] = root >= trueNode ? 1 : 0;
    // A node is made after the ones that it leads to.
    for (let node = trueNode + 1; node <= root; node++) {
      if (needed[node] !== 1) continue;
      const component = this.componentOf[this.variables[node] ?? -1] ?? -1;
      const up = availability[component];
      if (up === undefined) throw new Error(`No availability for component ${component}`);
      const high = probabilities[this.highs[node] ?? falseNode] ?? 0;
      const low = probabilities[this.lows[node] ?? falseNode] ?? 0;
      probabilities[node] = up * high + (1 - up) * low;
    }
    return probabilities[root] ?? 0;
  }

  /** Number of decision nodes made so far. */
  get size(): number {
    return this.variables.length - 2;
  }

  private reachableFrom(root: number): Uint8Array {
    const needed = new Uint8Array(root + 1);
    needed[root] = 1;
    for (let node = root; node > trueNode; node--) {
      if (needed[node] !== 1) continue;
      needed[this.highs[node] ?? falseNode] = 1;
      needed[this.lows[node] ?? falseNode] = 1;
    }
    return needed;
  }

  private nodeOf(structure: StructureFunction): number {
    const node = this.built.get(structure);
    if (node === undefined) throw new Error("A part is built before its whole");
    return node;
  }

  private construct(structure: StructureFunction): number {
    switch (structure.op) {
      case "component":
        return this.make(this.rank(structure.component), falseNode, trueNode);
      case "all":
        // From the last on: what comes earlier stands above it, so that a series takes one step a part.
        return structure.of.reduceRight((node, part) => this.apply("and", this.nodeOf(part), node), trueNode);
      case "any":
        return structure.of.reduceRight((node, part) => this.apply("or", this.nodeOf(part), node), falseNode);
      case "at-least":
        return this.atLeast(
          structure.needed,
          structure.of.map((part) => this.nodeOf(part)),
        );
    }
  }

  private atLeast(needed: number, parts: readonly number[]): number {
    // Parts may share components, so counting goes through the diagram and not through their probabilities.
    let atLeast: number[] = [trueNode, ...Array.from({ length: needed }, () => falseNode)];
    for (const part of [...parts].reverse()) {
      atLeast = atLeast.map((node, k) =>
        k === 0 ? trueNode : this.apply("or", node, this.apply("and", part, atLeast[k - 1] ?? falseNode)),
      );
    }
    return atLeast[needed] ?? trueNode;
  }

  private rank(component: number): number {
    const earlier = this.rankOf.get(component);
    if (earlier !== undefined) return earlier;
    const rank = this.componentOf.length;
    this.rankOf.set(component, rank);
    this.componentOf.push(component);
    return rank;
  }

  private make(variable: number, low: number, high: number): number {
    if (low === high) return low;
    const nodes = this.unique[variable] ?? new Map<number, number>();
    this.unique[variable] = nodes;
    const key = pairKey(low, high);
    const earlier = nodes.get(key);
    if (earlier !== undefined) return earlier;
    const node = this.variables.length;
    if (node >= MOST_NODES) throw new RangeError("The decision diagram has grown out of bounds");
    this.variables.push(variable);
    this.lows.push(low);
    this.highs.push(high);
    nodes.set(key, node);
    return node;
  }

  /** Without recursion, so that a series of any length fits. */
  private apply(operation: Operation, first: number, second: number): number {
    const waiting: Pair[] = [];
    let answer = this.known(operation, first, second);
    if (answer === null) waiting.push(this.pairOf(first, second));
    for (let pair = waiting.at(-1); pair !== undefined; pair = waiting.at(-1)) {
      const low = this.known(operation, pair.lowA, pair.lowB);
      const high = this.known(operation, pair.highA, pair.highB);
      if (low === null) waiting.push(this.pairOf(pair.lowA, pair.lowB));
      if (high === null) waiting.push(this.pairOf(pair.highA, pair.highB));
      if (low === null || high === null) continue;
      answer = this.make(pair.variable, low, high);
      this.combined[operation].set(pair.key, answer);
      waiting.pop();
    }
    return answer ?? falseNode;
  }

  /** The combination of two nodes where it is plain or was worked out before. */
  private known(operation: Operation, first: number, second: number): number | null {
    const absorbing = operation === "and" ? falseNode : trueNode;
    const neutral = operation === "and" ? trueNode : falseNode;
    if (first === absorbing || second === absorbing) return absorbing;
    if (first === neutral || first === second) return second;
    if (second === neutral) return first;
    return this.combined[operation].get(orderedPairKey(first, second)) ?? null;
  }

  private pairOf(a: number, b: number): Pair {
    const variableA = this.variables[a] ?? 0;
    const variableB = this.variables[b] ?? 0;
    const variable = Math.min(variableA, variableB);
    const [lowA, highA] = variableA === variable ? [this.lows[a] ?? 0, this.highs[a] ?? 0] : [a, a];
    const [lowB, highB] = variableB === variable ? [this.lows[b] ?? 0, this.highs[b] ?? 0] : [b, b];
    return { key: orderedPairKey(a, b), variable, lowA, highA, lowB, highB };
  }
}

type Operation = "and" | "or";

/** Two nodes that are being combined, with those that they lead to. */
interface Pair {
  readonly key: number;
  readonly variable: number;
  readonly lowA: number;
  readonly highA: number;
  readonly lowB: number;
  readonly highB: number;
}

/** Nodes are numbered below 2²⁶, so that a pair is an exact whole number. */
const MOST_NODES = 2 ** 26;

function pairKey(first: number, second: number): number {
  return first * MOST_NODES + second;
}

function orderedPairKey(first: number, second: number): number {
  return first < second ? pairKey(first, second) : pairKey(second, first);
}

/** Exact probability that a structure function is true over independent components. */
export function systemAvailability(structure: StructureFunction, availability: readonly number[]): number {
  const diagram = new BinaryDecisionDiagram();
  return diagram.probability(diagram.build(structure), availability);
}
