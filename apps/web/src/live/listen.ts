/** What the stream tells of an appended event. */
interface Appended {
  readonly index: number;
  readonly unit: string;
  readonly fiscalYear: number;
  readonly logSize: number;
}

interface Listener {
  readonly onAppended: (appended: Appended) => void;
  /** The connection is there (again), with the log's length; what was appended before was told or is told now. */
  readonly onReady: (logSize: number) => void;
  readonly onLost: () => void;
}

const STREAM = '/api/v1/stream';
/** The browser comes back by itself after a break, but not after a refusal. */
const TRIES_AGAIN_MS = 5000;

/** Listens to the log until it is told to stop; after a break the browser names the last index that it heard of. */
export function listen({ onAppended, onReady, onLost }: Listener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source?.close();
    const opened = (source = new EventSource(STREAM));
    opened.addEventListener('ready', ({ data }: MessageEvent<string>) =>
      onReady((JSON.parse(data) as { logSize: number }).logSize),
    );
    opened.addEventListener('appended', ({ data }: MessageEvent<string>) =>
      onAppended(JSON.parse(data) as Appended),
    );
    opened.addEventListener('error', () => {
      onLost();
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, TRIES_AGAIN_MS);
    });
  };
  const leave = () => {
    clearTimeout(timer);
    source?.close();
  };
  const wentOffline = () => {
    leave();
    onLost();
  };
  open();
  window.addEventListener('offline', wentOffline);
  window.addEventListener('online', open);
  return () => {
    leave();
    window.removeEventListener('offline', wentOffline);
    window.removeEventListener('online', open);
  };
}
