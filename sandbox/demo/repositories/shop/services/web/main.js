import { createServer } from "node:http";

const greeting = "Welcome to the shop";
createServer((_, response) => response.end(`<h1>${greeting}</h1>`)).listen(8080);
