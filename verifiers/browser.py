"""Drives verify.html in headless Chromium over a pipe: the page as it is, opened from a file:// address, given real files."""
import base64, json, os, shutil, subprocess, sys, tempfile, time
from pathlib import Path

PAGE = Path(__file__).resolve().with_name("verify.html")
READ = """JSON.stringify({state: document.body.dataset.state, unreadable: document.body.dataset.unreadable === "true",
 rows: [...document.querySelectorAll("[data-claim]")].map(e => [e.dataset.claim, e.dataset.verdict])})"""


class Browser:
    def __init__(self):
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if not program:
            sys.exit("Chromium is missing. Install it with: apt-get install -y chromium")
        self.folder = tempfile.mkdtemp()
        (to_read, self.to), (self.back, to_write) = os.pipe(), os.pipe()

        def connect():  # Chromium reads commands from 3 and answers on 4
            low, high = os.dup(to_read), os.dup(to_write)
            os.dup2(low, 3)
            os.dup2(high, 4)
        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={self.folder}", "about:blank"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.number, self.rest = 0, b""
        target = self.ask("Target.createTarget", url=PAGE.as_uri())["targetId"]
        self.session = None
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        while not self.evaluate("document.body && document.body.dataset.state === 'empty' && (document.getElementById('status') || {}).textContent"):
            time.sleep(0.02)
        self.root = self.ask("DOM.getDocument")["root"]["nodeId"]
        self.input = self.ask("DOM.querySelector", nodeId=self.root, selector="#files")["nodeId"]

    def ask(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if getattr(self, "session", None):
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        while True:
            while b"\0" not in self.rest:
                more = os.read(self.back, 1 << 16)
                if not more:
                    raise RuntimeError("Chromium ended")
                self.rest += more
            first, _, self.rest = self.rest.partition(b"\0")
            answer = json.loads(first)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def evaluate(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def verify(self, paths):
        """The verdicts of the page for these files by claim; None when a file cannot be read."""
        self.evaluate("document.getElementById('again').click()")
        self.ask("DOM.setFileInputFiles", nodeId=self.input, files=[str(Path(p).resolve()) for p in paths])
        self.evaluate("""new Promise((done, fail) => { const look = () => document.body.dataset.state === "done" ? done(true) : setTimeout(look, 1);
            setTimeout(() => fail(new Error("the page has no answer")), 120000); look(); })""")
        found = json.loads(self.evaluate(READ))
        return None if found["unreadable"] else dict(found["rows"])

    def verify_many(self, cases):
        """The same for many lists of names and bytes at once, past the file input, by the functions that it calls."""
        texts = [[[name, base64.b64encode(data).decode()] for name, data in files] for files in cases]
        found = self.evaluate("""(async () => { const out = [], bytes = (b) => Uint8Array.from(atob(b), (c) => c.charCodeAt(0));
            for (const files of %s) { const r = await verify(files.map(([name, b]) => recognise(name, bytes(b))));
              out.push(r.unreadable ? null : r.rows.map((row) => [row.name, row.verdict])); }
            return JSON.stringify(out); })()""" % json.dumps(texts))
        return [None if rows is None else dict(rows) for rows in json.loads(found)]

    def close(self):
        self.ask("Browser.close")
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
