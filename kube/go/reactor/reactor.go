// Package reactor is the way in and out of a long-lived WebAssembly instance: the host asks for a
// buffer, writes a request into it as JSON, calls, and reads the answer, JSON too.
package reactor

import (
	"encoding/json"
	"fmt"
	"unsafe"
)

// Handle answers one request. A main sets it before it is called for the first time.
var Handle func(request []byte) any

// The buffers stay reachable here: Go's collector frees what only the host knows.
var request, answer []byte

//go:wasmexport allocate
func allocate(size uint32) uint32 {
	request = make([]byte, max(size, 1))
	return address(request)
}

// The answer's address in the upper half, its length in the lower one.
//
//go:wasmexport call
func call(size uint32) uint64 {
	answer = respond(request[:size])
	request = nil
	return uint64(address(answer))<<32 | uint64(len(answer))
}

func respond(request []byte) (text []byte) {
	defer func() {
		if cause := recover(); cause != nil {
			text = mustWrite(map[string]any{"panic": fmt.Sprint(cause)})
		}
	}()
	return mustWrite(Handle(request))
}

func mustWrite(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}

func address(buffer []byte) uint32 {
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(buffer))))
}
