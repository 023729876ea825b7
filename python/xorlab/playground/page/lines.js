// Lines put together of pieces, so that dashes run along them; nothing here touches the page.

// A path of pieces "MxLy" as one of lines, each as long as its pieces join.
export function joined(path) {
  const pieces = path
    .split("M")
    .slice(1)
    .map(piece => piece.split("L"));
  const ends = new Map(); // the pieces at each end
  for (const piece of pieces) for (const end of piece) ends.set(end, [...(ends.get(end) ?? []), piece]);
  const left = new Set(pieces);
  const next = end => ends.get(end).find(piece => left.has(piece));

  function follow(end) {
    const line = [end];
    for (let piece = next(end); piece; piece = next(line.at(-1))) {
      left.delete(piece);
      line.push(piece[0] === line.at(-1) ? piece[1] : piece[0]);
    }
    return line;
  }
  // Open lines from an end that only one piece has; then what goes round.
  const starts = [...ends].filter(([, there]) => there.length === 1).map(([end]) => end);
  const lines = [...starts, ...pieces.map(([end]) => end)]
    .filter(next)
    .map(end => (next(end) ? follow(end) : []));
  return lines
    .filter(line => line.length)
    .map(line => `M${line.join("L")}`)
    .join("");
}
