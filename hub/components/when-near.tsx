import * as React from "react";

/**
 * Holds its content only while it is on or near the screen: a page of thousands of rows stays
 * quick. Elsewhere an empty box keeps the height that it last had.
 */
export function WhenNear({ children }: { readonly children: React.ReactNode }) {
  const box = React.useRef<HTMLDivElement>(null);
  const [near, setNear] = React.useState(false);
  const height = React.useRef(200);
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
      {near && children}
    </div>
  );
}
