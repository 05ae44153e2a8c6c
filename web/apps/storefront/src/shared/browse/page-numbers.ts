/** Which page numbers to offer: the ends, the present one and its neighbours, with gaps between. */
export function pageNumbers(page: number, pageCount: number): (number | "gap")[] {
  const wanted = [0, page - 1, page, page + 1, pageCount - 1].filter((one) => one >= 0 && one < pageCount);
  const numbers = [...new Set(wanted)].sort((a, b) => a - b);
  return numbers.flatMap((number, i) => {
    const before = numbers[i - 1];
    return before !== undefined && number - before > 1 ? (["gap", number] as const) : [number];
  });
}
