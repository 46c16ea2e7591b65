import * as React from "react";

/**
 * Holds its content only while it is on or near the screen: a page of thousands of lines stays
 * quick. Elsewhere an empty box keeps the height that it last had.
 */
export function WhenNear(props: {
  readonly children: React.ReactNode;
  /** Stands there while it is far: what reads the page, or searches in it, still finds its name. */
  readonly name?: string;
  /** Before it was ever seen. */
  readonly height?: number;
}) {
  const { children, name } = props;
  const box = React.useRef<HTMLDivElement>(null);
  const [near, setNear] = React.useState(false);
  const height = React.useRef(props.height ?? 200);
  React.useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.at(-1)?.isIntersecting ?? true;
        if (!seen) height.current = element.offsetHeight;
        setNear(seen);
      },
      { rootMargin: "600px 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} style={near ? {} : { height: height.current }}>
      {near ? children : name}
    </div>
  );
}
