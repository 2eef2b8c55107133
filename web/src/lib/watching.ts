// What happens to the files that are open: one stream of events for all tabs of this browser, which allows six
// connections to a server. The tab that holds the lock listens for all and tells the others; a hidden tab does not.

type Told = (revision: string | null) => void;

const base = '/api/v1';
const apart = (): boolean => typeof navigator === 'undefined' || !('locks' in navigator);

interface Change {
  path: string;
  revision: string | null;
}
type Message = { want: string } | { drop: string } | { files: Change[] } | { who: true };

let channel: BroadcastChannel | null = null;
let mine: { path: string; told: Told } | null = null;
let leading: { wanted: Map<string, number>; stream: EventSource | null; end: () => void } | null = null;
let asking: AbortController | null = null;

const say = (message: Message): void => channel?.postMessage(message);

function take(changes: Change[]): void {
  for (const { path, revision } of changes) if (path === mine?.path) mine.told(revision);
}

/** How soon a stream is asked for again that was refused. */
const refused = 1000;
let due: ReturnType<typeof setTimeout> | undefined;
/** Listens for what is wanted, from now on; whoever just came hears what is so now. */
function listen(): void {
  clearTimeout(due);
  due = setTimeout(begin, 50);
}

function begin(): void {
  if (!leading) return;
  leading.stream?.close();
  leading.stream = null;
  const paths = [...leading.wanted.keys()];
  if (!paths.length) return;
  const stream = new EventSource(`${base}/watches?${new URLSearchParams({ paths: JSON.stringify(paths) })}`);
  leading.stream = stream;
  stream.addEventListener('files', (event) => {
    const files = JSON.parse((event as MessageEvent<string>).data) as Change[];
    take(files);
    say({ files });
  });
  // A browser connects again by itself when the line breaks, and never after it was refused once.
  stream.addEventListener('error', () => {
    if (stream.readyState !== EventSource.CLOSED || leading?.stream !== stream) return;
    clearTimeout(due);
    due = setTimeout(begin, refused);
  });
}

function want(path: string): void {
  if (!leading) return;
  leading.wanted.set(path, Date.now());
  listen();
}

function hear({ data }: MessageEvent<Message>): void {
  if ('files' in data) take(data.files);
  else if ('want' in data) want(data.want);
  else if ('who' in data) {
    if (mine) say({ want: mine.path });
  } else if (leading && data.drop !== mine?.path) {
    // Others may want it still: they say so again.
    leading.wanted.delete(data.drop);
    say({ who: true });
    listen();
  }
}

/** Asks for the lock; whoever has it listens until its tab is hidden. */
function lead(): void {
  if (asking) return;
  const asked = (asking = new AbortController());
  const held = (): Promise<void> =>
    new Promise((end) => {
      leading = { wanted: new Map(), stream: null, end };
      if (mine) want(mine.path);
      say({ who: true });
    });
  void navigator.locks
    .request('detente.watch', { signal: asked.signal }, held)
    .catch(() => {})
    .finally(() => {
      if (asking === asked) asking = null;
    });
}

/** Lets another tab listen. */
function leave(): void {
  asking?.abort();
  asking = null;
  leading?.stream?.close();
  leading?.end();
  leading = null;
}

function seen(): void {
  if (document.visibilityState === 'hidden') {
    if (mine) say({ drop: mine.path });
    leave();
  } else if (mine) {
    lead();
    say({ want: mine.path });
  }
}

/** Tells of each new revision of a file, null when it is gone; of one file at a time. Gives what ends it. */
export function watch(path: string, told: Told): () => void {
  if (apart()) {
    const events = new EventSource(`${base}/watch?${new URLSearchParams({ path })}`);
    events.addEventListener('revision', (event) => told((event as MessageEvent<string>).data));
    events.addEventListener('missing', () => told(null));
    return () => events.close();
  }
  if (!channel) {
    channel = new BroadcastChannel('detente.files');
    channel.onmessage = hear;
    document.addEventListener('visibilitychange', seen);
    addEventListener('pagehide', () => {
      if (mine) say({ drop: mine.path });
      leave();
    });
    addEventListener('pageshow', seen);
  }
  const before = mine?.path;
  mine = { path, told };
  if (before && before !== path) {
    say({ drop: before });
    leading?.wanted.delete(before);
    say({ who: true });
  }
  if (document.visibilityState !== 'hidden') lead();
  want(path);
  say({ want: path });
  return () => {
    if (mine?.told === told) mine = null;
  };
}
