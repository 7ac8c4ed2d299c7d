#!/usr/bin/env python3
"""Joins a run, shares a place, sees the others, asks for water and waits until somebody promises to bring it.
Written against docs/WIRE.md alone. Debian: apt install python3-socketio python3-requests python3-websocket
Usage: join_and_ask.py http://localhost:3000 INVITE_OR_LINK [NAME]"""
import queue, secrets, sys, time
import requests, socketio

server, invite = sys.argv[1].rstrip("/"), sys.argv[2].split("#")[-1]
name = sys.argv[3] if len(sys.argv) > 3 else "Python"
new_id = lambda prefix: f"{prefix}_{secrets.token_hex(10)}"

wish = {"joinKey": secrets.token_urlsafe(24), "invite": invite, "name": name, "phone": None, "startNumber": None}
joined = requests.post(f"{server}/api/join", json=wish, timeout=10).json()
if not joined["ok"]:
    sys.exit(f"not let in: {joined['code']} {joined.get('field', '')}")

phone, heard, words = socketio.Client(), queue.Queue(), {}
for message in ("welcome", "facts", "places"):
    phone.on(message, lambda body, message=message: heard.put((message, body)))
phone.connect(server, transports=["websocket"], auth={"seat": joined["seat"], "wire": 6, "outbox": 1, "frames": "json"})

def ask(message, body):
    answer = phone.call(message, body, timeout=10)
    return answer if answer["ok"] else sys.exit(f"{message} refused: {answer}")

def command(**wish):
    return ask("command", {"commandId": new_id("cmd"), "command": wish})

_, welcome = heard.get(timeout=10)
since = time.monotonic()

def now_ms():
    return int(welcome["nowMs"] + (time.monotonic() - since) * 1000 * welcome["timeScale"])

page, pages = 0, 1
while page < pages:  # a snapshot, page by page: without a version of our own there is no tail
    answer = ask("catch-up", {"fromVersion": 0, "mac": "", "page": page})
    words.update((row["value"]["key"], row["value"]["text"]) for row in answer["rows"] if row["of"] == "words")
    page, pages = page + 1, answer["pageCount"]

command(type="start-sharing", sinceMs=now_ms())
fix = {"seq": 1, "latitudeDeg": 51.128, "longitudeDeg": 71.4304, "takenAtMs": now_ms(), "accuracyM": 5}
print("stored:", ask("fixes", {"streamId": secrets.token_hex(8), "fixes": [fix]})["ranges"])
request = new_id("req")
command(type="raise-request", requestId=request, kind="water", quantity=1, note=None)
print("asked for water", flush=True)

while True:  # facts come in order; places come between them
    message, body = heard.get(timeout=600)
    if message == "places":
        for place in body["places"]:
            print(words.get(f"name:{place['memberId']}", "?"), place["latitudeDeg"], place["longitudeDeg"], flush=True)
    if message == "facts":
        words.update((word["key"], word["text"]) for word in body["words"])
        claims = [f["event"] for f in body["facts"] if f["event"]["type"] == "request-claimed"]
        if claim := next((event for event in claims if event["requestId"] == request), None):
            print("claimed by", words[f"name:{claim['cyclistId']}"])
            break
phone.disconnect()
