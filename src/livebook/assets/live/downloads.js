// Downloads of the worker: counted as they come, started early, and tried again when they break off.

const ATTEMPTS = 3;
const PAUSE = 700; // ms before the second attempt; twice as long before the third

export class DownloadError extends Error {}

/** A stand-in for `fetch` that Pyodide uses; `tell(loaded, total)` hears of every piece. */
export class Downloads {
  constructor(fetch, tell) {
    this.fetch = fetch;
    this.tell = tell;
    this.early = new Map(); // address -> promise of the whole content
    this.addresses = new Set(); // of all that has arrived
    this.broken = null; // what a download that did not come says
    this.loaded = 0;
    this.total = 0;
  }

  /** Start a download before anybody asks for it; `size` is what it will take. */
  begin(address, size) {
    if (this.early.has(address)) return;
    this.total += size;
    const content = this.whole(address, {}, size);
    content.catch(() => this.early.delete(address)); // who asks later tries again
    this.early.set(address, content);
  }

  /** Answer as `fetch` does, with a content that has arrived whole. */
  async answer(resource, options = {}) {
    const address = new URL(resource.url ?? resource, self.location).href;
    const early = this.early.get(address);
    const { content, type } = await (early ?? this.whole(address, options, 0));
    this.early.delete(address); // asked for once; a copy kept would only take memory
    return new Response(content, { headers: { "content-type": type } });
  }

  async whole(address, options, size) {
    for (let attempt = 1; ; attempt += 1) {
      let counted = 0;
      try {
        const answer = await this.fetch(address, options);
        if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
        const pieces = [];
        for (const reader = answer.body.getReader(); ; ) {
          const { done, value } = await reader.read();
          if (done) break;
          pieces.push(value);
          const step = Math.min(value.length, Math.max(size - counted, 0));
          counted += step;
          this.loaded += step;
          this.tell(this.loaded, this.total);
        }
        const type = answer.headers.get("content-type") ?? "";
        this.addresses.add(address);
        return { content: await new Blob(pieces).arrayBuffer(), type };
      } catch (error) {
        this.loaded -= counted;
        if (attempt === ATTEMPTS) {
          const name = address.split("/").at(-1);
          this.broken = `${name} could not be downloaded (${error.message})`;
          throw new DownloadError(this.broken);
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE * attempt));
      }
    }
  }
}
