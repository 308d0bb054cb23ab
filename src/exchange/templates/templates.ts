/** A design to start from. The file itself is only fetched when it is opened. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly tags: readonly string[];
  /** Text of the design file. */
  load(): Promise<string>;
}

const files = import.meta.glob<string>("./*.plimsoll.json", { query: "?raw", import: "default" });

const entries: readonly Omit<Template, "load">[] = [
  {
    id: "url-shortener",
    title: "URL shortener",
    summary: "100 million new links a day, redirects mostly from a cache, a sharded store, click counts on the side.",
    tags: ["cache", "sharding", "stream"],
  },
  {
    id: "chat",
    title: "Chat application",
    summary:
      "Open connections, routing between servers by topics, messages in a key-value store, presence that expires.",
    tags: ["real time", "pub/sub"],
  },
  {
    id: "notifications",
    title: "Notification system",
    summary: "Requests go into a queue; workers a channel send them on to providers with limits of their own.",
    tags: ["queue", "workers", "external"],
  },
  {
    id: "high-traffic-web",
    title: "High-traffic web application",
    summary: "Balancer, gateway, cache, replicas and a queue in front of one primary database.",
    tags: ["cache", "replicas", "queue"],
  },
  {
    id: "three-tier-vpc",
    title: "Three-tier web application in two zones",
    summary: "Public, private and data subnets over two availability zones, with a standby for the database.",
    tags: ["zones", "network"],
  },
  {
    id: "primary-replicas",
    title: "Primary with read replicas",
    summary: "Writes to one primary, reads spread over replicas, a synchronous standby beside it.",
    tags: ["replicas", "data"],
  },
  {
    id: "sharded-database",
    title: "Sharded database behind a router",
    summary: "Keys hashed over shards, each with a replica for reads.",
    tags: ["sharding", "data"],
  },
];

export const templates: readonly Template[] = entries.map((entry) => ({
  ...entry,
  load: async () => {
    const file = files[`./${entry.id}.plimsoll.json`];
    if (file === undefined) throw new Error(`The template ${entry.id} has no file`);
    return file();
  },
}));
