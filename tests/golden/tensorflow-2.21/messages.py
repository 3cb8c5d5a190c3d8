"""Lists the fields of TensorFlow's messages, as TensorFlow 2.21 declares them.

    python messages.py > ../../src/test/resources/golden/tensorflow-2.21/messages.txt

One line a field: message, number, name, `repeated` or `-`, type, the oneof it belongs to or `-`; of
enumerations: name, number, value.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from google.protobuf import descriptor
from tensorflow.core.framework import graph_pb2
from tensorflow.core.protobuf import (
    saved_model_pb2,
    saved_object_graph_pb2,
    tensor_bundle_pb2,
    trackable_object_graph_pb2,
)

TYPES = {
    value: name[5:].lower()
    for name, value in vars(descriptor.FieldDescriptor).items()
    if name.startswith("TYPE_")
}
seen = set()


def show(message):
    if message.full_name in seen or not message.full_name.startswith("tensorflow"):
        return
    seen.add(message.full_name)
    inner = []
    for f in message.fields:
        kind = TYPES[f.type]
        if f.message_type:
            kind += ":" + f.message_type.full_name
            inner.append(f.message_type)
        if f.enum_type:
            kind += ":" + f.enum_type.full_name
            enumeration(f.enum_type)
        repeated = "repeated" if f.is_repeated else "-"
        oneof = f.containing_oneof.name if f.containing_oneof else "-"
        print(message.full_name, f.number, f.name, repeated, kind, oneof)
    for m in inner:
        show(m)


def enumeration(e):
    if e.full_name not in seen:
        seen.add(e.full_name)
        for v in e.values:
            print(e.full_name, v.number, v.name)


for m in (
    graph_pb2.GraphDef,
    saved_model_pb2.SavedModel,
    saved_object_graph_pb2.SavedObjectGraph,
    trackable_object_graph_pb2.TrackableObjectGraph,
    tensor_bundle_pb2.BundleHeaderProto,
    tensor_bundle_pb2.BundleEntryProto,
):
    show(m.DESCRIPTOR)
