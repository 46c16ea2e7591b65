export const stock = { apples: 12, pears: 7 };
