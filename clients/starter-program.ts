/**
 * What the small process runs that starts programs for a large one: plain JavaScript as a text, since
 * no file of ours lies beside the bundles of tasks and command line. Ends with its parent, and what
 * it started ends with it.
 */
export const starterProgram = `
const { spawn } = require("node:child_process");
const groups = new Set();
const kill = (group) => {
  try {
    process.kill(-group, "SIGKILL");
  } catch {}
};
process.on("message", ({ id, command, args, cwd, env, input, maxOutput }) => {
  const refuse = ({ message, code }) => process.send({ id, refused: { message, code } });
  let child;
  try {
    const stdio = [input === undefined ? "ignore" : "pipe", "pipe", "pipe"];
    child = spawn(command, args, { cwd, env, stdio, detached: true });
  } catch (error) {
    return refuse(error);
  }
  const { pid } = child;
  let flooded = false;
  const read = (stream) => {
    const chunks = [];
    let size = 0;
    stream.on("data", (chunk) => {
      size += chunk.length;
      if (size <= maxOutput) return void chunks.push(chunk);
      flooded = true;
      kill(pid);
    });
    return () => Buffer.concat(chunks);
  };
  child.on("error", (error) => {
    groups.delete(pid);
    refuse(error);
  });
  if (pid === undefined) return;
  groups.add(pid);
  process.send({ id, group: pid });
  const stdout = read(child.stdout);
  const stderr = read(child.stderr);
  child.on("close", (code) => {
    groups.delete(pid);
    process.send({ id, end: { code, stdout: stdout(), stderr: stderr(), flooded } });
  });
  if (child.stdin === null) return;
  child.stdin.on("error", () => {});
  child.stdin.end(input);
});
// The terminal's Ctrl-C reaches every process of the group; the parent decides when to end.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
process.on("disconnect", () => {
  for (const group of groups) kill(group);
  process.exit();
});
`;
