import { catalogue } from "#library/catalogue.ts";
import { createAnalysisLoop } from "./analysis-loop.ts";
import { readAnalysisMessage } from "./protocol.ts";
import { readStudyMessage } from "./study-protocol.ts";
import { runStudy } from "./study-run.ts";

/** A message to oneself comes after those that wait, and without the pauses of a timer. */
const turns: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => turns.shift()?.();

const loop = createAnalysisLoop({
  catalogue,
  post: (answer) => self.postMessage(answer),
  nextTurn: () =>
    new Promise<void>((resolve) => {
      turns.push(resolve);
      port2.postMessage(null);
    }),
  nowMs: () => performance.now(),
});

self.onmessage = (event: MessageEvent) => {
  const study = readStudyMessage(event.data);
  if (study !== null) {
    runStudy(study, { catalogue, post: (answer) => self.postMessage(answer), nowMs: () => performance.now() });
    return;
  }
  const message = readAnalysisMessage(event.data);
  if (message === null) throw new Error("The analysis worker got a message that it does not know");
  void loop.receive(message);
};
