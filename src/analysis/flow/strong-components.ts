/**
 * The strongly connected components of a directed graph, every component after the ones that it points to (Tarjan 1972,
 * SIAM J. Comput. 1(2)). Without recursion, so that chains of any length fit.
 */
export function strongComponents(successors: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const count = successors.length;
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const nextSuccessor = new Int32Array(count);
  const stack: number[] = [];
  const components: number[][] = [];
  let visited = 0;

  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const path = [root];
    while (path.length > 0) {
      const vertex = path[path.length - 1] ?? 0;
      if (order[vertex] === -1) {
        order[vertex] = visited;
        low[vertex] = visited;
        visited += 1;
        stack.push(vertex);
        onStack[vertex] = 1;
      }
      const targets = successors[vertex] ?? [];
      const target = targets[nextSuccessor[vertex] ?? 0];
      if (target !== undefined) {
        nextSuccessor[vertex] = (nextSuccessor[vertex] ?? 0) + 1;
        if (order[target] === -1) path.push(target);
        else if (onStack[target] === 1) low[vertex] = Math.min(low[vertex] ?? 0, order[target] ?? 0);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[vertex] ?? 0);
      if (low[vertex] !== order[vertex]) continue;
      const component: number[] = [];
      let member: number | undefined;
      do {
        member = stack.pop();
        if (member === undefined) break;
        onStack[member] = 0;
        component.push(member);
      } while (member !== vertex);
      components.push(component);
    }
  }
  return components;
}
