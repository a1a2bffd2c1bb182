"""A web server of its own, and clients that begin a request: run as a program, since what is
changed in the web server holds for the whole process."""

from __future__ import annotations

import asyncio

import uvicorn
from starlette.types import Receive, Scope, Send
from websockets.asyncio.client import connect

from mmhs_finder.channels import wire

WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9\r\n\r\n"
SECONDS = 0.4


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"]})
        return
    while (await receive()).get("more_body"):
        pass
    headers = [(b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def said(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """What is answered to who says this, up to the end of the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        return await asyncio.wait_for(reader.read(), 20)
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def main() -> None:
    wire.hang_up_on_half_requests(head=SECONDS, body=SECONDS)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    answered = b"HTTP/1.1 200"
    assert (await said(port, WHOLE)).startswith(answered)
    assert await said(port) == b"", "nothing"
    assert await said(port, b"GET / HTTP/1.1\r\n") == b"", "half a head"
    drops = [WHOLE[n : n + 1] for n in range(len(WHOLE))]
    assert await said(port, *drops, pause=SECONDS / 8) == b"", "drop by drop"
    assert answered not in await said(port, POST, b"123"), "half a body"
    slow = await said(port, POST, *[b"1"] * 9, pause=SECONDS / 4)
    assert slow.startswith(answered), "slow, but it goes on"
    kept = WHOLE.replace(b"Connection: close\r\n", b"")
    assert (await said(port, kept, b"GET / HTTP", pause=0.1)).count(answered) == 1, "a second one"
    async with connect(f"ws://127.0.0.1:{port}", proxy=None) as socket:
        await asyncio.sleep(SECONDS * 4)  # somebody reads, and her page says nothing
        await socket.send("still here")
        assert await socket.recv() == "still here"
    server.should_exit = True
    await task


if __name__ == "__main__":
    asyncio.run(main())
