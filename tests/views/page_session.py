"""A visitor of the page without a browser: the messages that Streamlit's own front end exchanges with the server."""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


@dataclass(frozen=True, slots=True)
class _Widgets:
    """The names of the question's box and of its button in this session."""

    box: str
    button: str


class PageSession:
    """One opened page 提问."""

    def __init__(self, connection: ClientConnection, widgets: _Widgets) -> None:
        self._connection = connection
        self._widgets = widgets

    @classmethod
    async def opened(cls, address: str, patience: float) -> PageSession:
        """Open the page at `address` (http://…); `patience` in seconds.

        Raises:
            OSError, TimeoutError: the server does not answer.
            ValueError: what it shows has no box for a question.
        """
        url = address.replace("http", "ws", 1) + "/_stcore/stream"
        connection = await connect(url, subprotocols=["streamlit"], max_size=None, open_timeout=patience)  # type: ignore[list-item]
        elements = await _run(connection, _begin())
        boxes = [element.text_input.id for element in elements if element.HasField("text_input")]
        buttons = [
            element.button.id
            for element in elements
            if element.HasField("button") and element.button.is_form_submitter
        ]
        if not boxes or not buttons:
            raise ValueError("the page shows no box for a question")
        return cls(connection, _Widgets(boxes[0], buttons[0]))

    async def ask(self, question: str) -> bool:
        """Type a question and press the button, to the end of the run; whether an answer or passages were drawn."""
        message = _begin()
        states = message.rerun_script.widget_states.widgets
        states.add(id=self._widgets.box, string_value=question)
        states.add(id=self._widgets.button, trigger_value=True)
        elements = await _run(self._connection, message)
        return any(element.HasField("html") and "wb-passage" in element.html.body for element in elements)

    async def close(self) -> None:
        """Leave the page."""
        await self._connection.close()


def _begin() -> BackMsg:
    message = BackMsg()
    message.rerun_script.query_string = ""
    return message


async def _run(connection: ClientConnection, message: BackMsg) -> list[Element]:
    """What the run that `message` starts draws."""
    await connection.send(message.SerializeToString())
    drawn: list[Element] = []
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await connection.recv(decode=False))
        if answer.HasField("delta") and answer.delta.HasField("new_element"):
            drawn.append(answer.delta.new_element)
        if answer.HasField("script_finished"):
            return drawn
