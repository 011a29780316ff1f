package io.tollwatch.build;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_STATIC;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A class file that does one thing, written without a compiler: so a rule can be broken in the
/// very packages it is about, and with libraries that the module does not have. Never loaded, only
/// looked at. Immutable.
record BadClass(String name, Consumer<ClassBuilder> content) {

  /// A class that does nothing at all.
  static BadClass empty(String name) {
    return new BadClass(name, _ -> {});
  }

  /// A class with a field of another type.
  static BadClass holding(String name, String type) {
    return new BadClass(
        name, c -> c.withField("held", ClassDesc.of(type), ACC_PRIVATE | ACC_FINAL));
  }

  /// A class that reads a static field.
  static BadClass reading(String name, String owner, String field, String type) {
    return running(name, code -> code.getstatic(of(owner), field, ClassDesc.of(type)).pop());
  }

  /// A class that calls a static method.
  static BadClass calling(String name, String owner, String method, MethodTypeDesc signature) {
    boolean inInterface = owner.equals("java.time.InstantSource");
    return running(
        name,
        code -> pushed(code, signature).invokestatic(of(owner), method, signature, inInterface));
  }

  /// A class that calls a method of an object.
  static BadClass sending(String name, String owner, String method, MethodTypeDesc signature) {
    return running(
        name,
        code -> pushed(code.aconst_null(), signature).invokevirtual(of(owner), method, signature));
  }

  /// A class that makes an object with the constructor that takes nothing.
  static BadClass making(String name, String owner) {
    return running(
        name,
        code ->
            code.new_(of(owner))
                .invokespecial(of(owner), ConstantDescs.INIT_NAME, ConstantDescs.MTD_void));
  }

  /// Writes the class file where its package belongs below the folder.
  Path writtenTo(Path folder) {
    Path file = folder.resolve(name.replace('.', '/') + ".class");
    try {
      Files.createDirectories(file.resolveSibling("."));
      ClassFile.of().buildTo(file, ClassDesc.of(name), content);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BadClass running(String name, Consumer<CodeBuilder> body) {
    return new BadClass(
        name,
        c ->
            c.withMethodBody(
                "run",
                ConstantDescs.MTD_void,
                ACC_STATIC,
                code -> {
                  body.accept(code);
                  code.return_();
                }));
  }

  private static CodeBuilder pushed(CodeBuilder code, MethodTypeDesc signature) {
    for (ClassDesc parameter : signature.parameterList()) {
      switch (TypeKind.from(parameter)) {
        case LONG -> code.lconst_0();
        case REFERENCE -> code.aconst_null();
        default -> throw new IllegalArgumentException(parameter.displayName());
      }
    }
    return code;
  }

  private static ClassDesc of(String name) {
    return ClassDesc.of(name);
  }
}
