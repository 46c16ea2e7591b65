// Where in YAML a token stands decides how its value is written. The text is no YAML yet (an unquoted
// `#{x}#` is a comment to a parser), so that its places are found here, each token taken for a word.

/** From where to where in the text. */
export type Span = { readonly start: number; readonly end: number };

export type TokenPlace =
  /** In a block of text (`|`, `>`), whose further lines have this indentation. */
  | {
      readonly kind: "block";
      readonly indent: string;
      readonly isFolded: boolean;
      /** Whether the block's indentation is told by what stands here. */
      readonly isFirst: boolean;
    }
  | { readonly kind: "quoted"; readonly quote: '"' | "'" }
  | { readonly kind: "comment" }
  /** Part of a plain text or key: its beginning, its end, or both: then all of it. */
  | {
      readonly kind: "plain";
      readonly isStart: boolean;
      readonly isEnd: boolean;
      /** In brackets or braces. */
      readonly inFlow: boolean;
    };

const blockHeader = /([|>])(?:[+-]?([1-9])?|([1-9])[+-])[ \t]*(?:[ \t]#[^\n]*)?\r?(?:\n|$)/y;
const documentMark = /(?:---|\.\.\.)(?=\s|$)/y;
const line = /[^\n]*(?:\n|$)/y;
const word = /\S*/y;

/** The places of the tokens, in their order. */
export function tokenPlaces(source: string, tokens: readonly Span[]): readonly TokenPlace[] {
  const places: TokenPlace[] = [];
  let at = 0;
  let lineStart = 0;
  let depth = 0;
  let isFresh = true;
  let isAfterQuote = false;
  let scalarColumn = 0;
  // Column of the key or dash that a block of text belongs to.
  let parent = -1;

  startLine();
  while (at < source.length) {
    placePassed();
    const token = tokens[places.length];
    if (token?.start === at) takeToken(token);
    else if (isFresh) takeStart();
    else takePlain();
  }
  placePassed();
  return places;

  /** Part of the name of an anchor or a tag, behind a backslash, in a directive. */
  function placePassed(): void {
    placeUntil(at, () => ({ kind: "plain", isStart: false, isEnd: false, inFlow: depth > 0 }));
  }

  function takeToken({ end }: Span): void {
    if (isFresh) scalarColumn = at - lineStart;
    places.push({ kind: "plain", isStart: isFresh, isEnd: endsAt(end), inFlow: depth > 0 });
    isFresh = false;
    isAfterQuote = false;
    at = end;
  }

  /** What a value or key begins with. */
  function takeStart(): void {
    const character = source[at] ?? "";
    if (takeBetween(character)) return;
    if (/[-?:]/.test(character) && isBlank(at + 1) && depth === 0) {
      if (character === "-") parent = at - lineStart;
      at += 1;
      return;
    } else if (/[&!]/.test(character)) {
      skip(word);
      return;
    } else if (/[|>]/.test(character) && depth === 0 && matches(blockHeader)) {
      takeBlock();
      return;
    } else if (character === '"' || character === "'") {
      takeQuoted(character);
      return;
    } else if (character === "%" && at === lineStart) {
      skip(line);
      return;
    }
    scalarColumn = at - lineStart;
    isFresh = false;
    isAfterQuote = false;
    at += 1;
  }

  /** What stands between values: blanks, ends of lines, comments, brackets. */
  function takeBetween(character: string): boolean {
    if (character === "\n") {
      at += 1;
      if (goesOn()) lineStart = at;
      else startLine();
      return true;
    }
    if (character === "#" && (at === lineStart || isBlank(at - 1))) {
      takeComment();
      return true;
    }
    const opens = /[[{]/.test(character) && (isFresh || depth > 0);
    const ends = depth > 0 && /[\]},]/.test(character);
    if (opens || ends) {
      if (character !== ",") depth += opens ? 1 : -1;
      isFresh = opens || character === ",";
      isAfterQuote = false;
    } else if (!/\s/.test(character)) return false;
    at += 1;
    return true;
  }

  function takePlain(): void {
    const character = source[at] ?? "";
    if (takeBetween(character)) return;
    if (character === ":" && (isBlank(at + 1) || (isAfterQuote && depth > 0))) {
      parent = depth === 0 ? scalarColumn : parent;
      isFresh = true;
    }
    at += 1;
  }

  function takeQuoted(quote: '"' | "'"): void {
    scalarColumn = at - lineStart;
    at += 1;
    while (at < source.length) {
      const token = tokens[places.length];
      if (token?.start === at) {
        places.push({ kind: "quoted", quote });
        at = token.end;
        continue;
      }
      const character = source[at];
      if (character === "\n") lineStart = at + 1;
      at += quote === '"' && character === "\\" && tokens[places.length]?.start !== at + 1 ? 2 : 1;
      if (character !== quote) continue;
      if (quote === '"' || source[at] !== "'") break;
      at += 1;
    }
    isFresh = false;
    isAfterQuote = true;
  }

  function takeComment(): void {
    const end = lineEnd(at);
    placeUntil(end, () => ({ kind: "comment" }));
    at = Math.max(at, end);
  }

  function takeBlock(): void {
    blockHeader.lastIndex = at;
    const [header = "", style, first, second] = blockHeader.exec(source) ?? [];
    at += header.length;
    const given = first ?? second;
    let indent = given === undefined ? undefined : Math.max(parent, 0) + Number(given);
    for (let start = at; start < source.length; start = at) {
      const end = lineEnd(start);
      const text = source.slice(start, end);
      const depth = text.length - text.trimStart().length;
      const isEmpty = text.trim() === "";
      if (!isEmpty && depth < (indent ?? parent + 1)) break;
      const isFirst = indent === undefined && !isEmpty;
      if (!isEmpty) indent ??= depth;
      const known = indent ?? 0;
      placeUntil(end, ({ start: token }) => ({
        kind: "block",
        indent: " ".repeat(known),
        isFolded: style === ">",
        isFirst: isFirst && token === start + known,
      }));
      at = Math.max(at, Math.min(end + 1, source.length));
    }
    startLine();
  }

  /** Whether a plain text goes on in the next line: to the end of its brackets, or indented deeper. */
  function goesOn(): boolean {
    if (isFresh || isAfterQuote) return false;
    if (depth > 0) return true;
    const text = source.slice(at, lineEnd(at));
    const indent = text.length - text.trimStart().length;
    if (text.trim() !== "" && (parent < 0 || indent <= parent)) return false;
    scalarColumn = indent;
    return true;
  }

  function startLine(): void {
    lineStart = at;
    isFresh = true;
    if (!matches(documentMark)) return;
    at += 3;
    depth = 0;
    parent = -1;
  }

  function placeUntil(end: number, place: (token: Span) => TokenPlace): void {
    for (;;) {
      const token = tokens[places.length];
      if (token === undefined || token.start >= end) return;
      places.push(place(token));
      at = Math.max(at, token.end);
    }
  }

  /** Whether nothing of the same text follows. */
  function endsAt(end: number): boolean {
    const following = tokens[places.length + 1]?.start;
    let next = end;
    while (/[ \t\r]/.test(source[next] ?? "") || (depth > 0 && source[next] === "\n")) next += 1;
    if (next === following) return false;
    const character = source[next];
    if (character === undefined || character === "\n") return true;
    if (depth > 0 && /[,\]}]/.test(character)) return true;
    return character === "#" && next > end;
  }

  function lineEnd(from: number): number {
    const end = source.indexOf("\n", from);
    return end < 0 ? source.length : end;
  }

  function isBlank(index: number): boolean {
    return /^\s?$/.test(source[index] ?? "");
  }

  function matches(form: RegExp): boolean {
    form.lastIndex = at;
    return form.test(source);
  }

  function skip(form: RegExp): void {
    form.lastIndex = at;
    at += form.exec(source)?.[0].length ?? 0;
    if (source[at - 1] === "\n") lineStart = at;
  }
}
