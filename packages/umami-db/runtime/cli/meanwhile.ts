/** Says that something goes on, again and again until it ends; `interval` in milliseconds. */
export async function sayMeanwhile<T>(work: Promise<T>, interval: number, say: () => unknown): Promise<T> {
  const timer = setInterval(say, interval);
  timer.unref();
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
