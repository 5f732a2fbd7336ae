/** Something that the server tells once and keeps only as a hash. */
export function Secret({ label, secret }: { label: string; secret: string }) {
  return (
    <p className="notice" role="status">
      {label} <code className="secret">{secret}</code>
    </p>
  );
}
