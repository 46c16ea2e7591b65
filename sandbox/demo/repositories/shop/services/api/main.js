import { createServer } from "node:http";
import { stock } from "../../libs/common/stock.js";

createServer((request, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ path: request.url, stock }));
}).listen(8080);
